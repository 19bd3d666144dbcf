//! Action patterns against known names: `*` is any run, `?` any one character, ASCII case does not count.

/// Whether `pattern` covers all of `name`. Takes time in proportion to the product of the lengths at worst.
pub(super) fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name) = (pattern.as_bytes(), name.as_bytes());
    let (mut at, mut seen) = (0, 0);
    let mut retry = None;
    while let Some(byte) = name.get(seen) {
        match pattern.get(at) {
            Some(b'*') => {
                at += 1;
                retry = Some((at, seen));
                continue;
            }
            Some(wanted) if *wanted == b'?' || wanted.eq_ignore_ascii_case(byte) => {
                at += 1;
                seen += 1;
                continue;
            }
            Some(_) | None => {}
        }
        let Some((after_star, covered)) = retry else { return false };
        at = after_star;
        seen = covered + 1;
        retry = Some((after_star, seen));
    }
    pattern.get(at..).is_some_and(|rest| rest.iter().all(|byte| *byte == b'*'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_cover_whole_names() {
        for (pattern, name, expected) in [
            ("Get*", "GetObject", true),
            ("get*", "GetObject", true),
            ("*", "", true),
            ("", "", true),
            ("G?tObject", "GetObject", true),
            ("*Object*", "GetObjectAcl", true),
            ("*ect", "GetObject", true),
            ("Get", "GetObject", false),
            ("GetObject?", "GetObject", false),
            ("*x*", "GetObject", false),
        ] {
            assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
        }
    }
}
