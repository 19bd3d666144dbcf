//! How much may still be done. It is counted, never timed: what is decided is the same on every machine.

use std::cell::Cell;

/// An allowance of work, in words of 64 places that a search over patterns looks at; each takes some 25 ns.
#[derive(Debug)]
pub struct Work {
    left: Cell<usize>,
    spent: Cell<usize>,
    is_dry: Cell<bool>,
}

impl Default for Work {
    /// What one question may cost: a fraction of a second, and far more than policies need that people write.
    fn default() -> Self {
        Self::new(1 << 23)
    }
}

impl Work {
    /// An allowance of so much.
    pub fn new(most: usize) -> Self {
        Self { left: Cell::new(most), spent: Cell::new(0), is_dry: Cell::new(false) }
    }

    /// What is left of it.
    pub fn left(&self) -> usize {
        self.left.get()
    }

    /// What was spent of it.
    pub fn spent(&self) -> usize {
        self.spent.get()
    }

    /// Whether more was asked for than was left.
    pub fn is_dry(&self) -> bool {
        self.is_dry.get()
    }

    /// Takes `amount`; all that is left, and false, when that is less.
    pub fn take(&self, amount: usize) -> bool {
        let left = self.left.get();
        let taken = amount.min(left);
        self.left.set(left - taken);
        self.spent.set(self.spent.get() + taken);
        self.is_dry.set(self.is_dry.get() || taken < amount);
        taken == amount
    }

    /// What `run` makes of an allowance of at most `most` out of this one.
    pub(crate) fn part<T>(&self, most: usize, run: impl FnOnce(&Work) -> T) -> T {
        let left = self.left();
        let part = Work::new(most.min(left));
        let made = run(&part);
        self.take(part.spent());
        // A part that ends by its own limit says nothing of the whole.
        self.is_dry.set(self.is_dry.get() || part.is_dry() && left < most);
        made
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left, what was spent, and whether more was asked for.
    fn state(work: &Work) -> (usize, usize, bool) {
        (work.left(), work.spent(), work.is_dry())
    }

    #[test]
    fn no_more_is_taken_than_there_is() {
        let work = Work::new(10);
        assert!(work.take(4));
        assert_eq!(state(&work), (6, 4, false));
        assert!(work.take(6) && work.take(0));
        assert_eq!(state(&work), (0, 10, false));
        let work = Work::new(10);
        assert!(!work.take(11) && work.take(0));
        assert_eq!(state(&work), (0, 10, true));
    }

    #[test]
    fn a_part_is_spent_of_the_whole() {
        let work = Work::new(10);
        assert!(!work.part(4, |own| own.take(9)));
        assert_eq!(state(&work), (6, 4, false));
        assert!(!work.part(6, |own| own.take(7)));
        assert_eq!(state(&work), (0, 10, false));
        let work = Work::new(10);
        assert!(!work.part(20, |own| own.take(11)));
        assert_eq!(state(&work), (0, 10, true));
        assert!(work.part(1, |own| own.take(0)));
        assert_eq!(state(&work), (0, 10, true));
    }
}
