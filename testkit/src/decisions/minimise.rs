//! The smallest bytes that still fail.

/// Smaller `bytes` for which `fails` still holds: shorter runs first, then smaller bytes, until neither helps.
pub fn bytes(bytes: &[u8], fails: impl Fn(&[u8]) -> bool) -> Vec<u8> {
    let mut best = bytes.to_vec();
    loop {
        let before = best.clone();
        remove_runs(&mut best, &fails);
        lower_bytes(&mut best, &fails);
        if best == before {
            return best;
        }
    }
}

fn remove_runs(best: &mut Vec<u8>, fails: &impl Fn(&[u8]) -> bool) {
    let mut length = best.len() / 2;
    while 0 < length {
        let mut start = 0;
        while start + length <= best.len() {
            let mut shorter = best.clone();
            shorter.drain(start..start + length);
            if fails(&shorter) {
                *best = shorter;
            } else {
                start += length;
            }
        }
        length /= 2;
    }
}

fn lower_bytes(best: &mut Vec<u8>, fails: &impl Fn(&[u8]) -> bool) {
    for index in 0..best.len() {
        let value = best.get(index).copied().unwrap_or_default();
        for lower in [0, 1, value / 2, value.saturating_sub(1)] {
            let mut smaller = best.clone();
            if let Some(byte) = smaller.get_mut(index)
                && lower < value
            {
                *byte = lower;
                if fails(&smaller) {
                    *best = smaller;
                    break;
                }
            }
        }
    }
}
