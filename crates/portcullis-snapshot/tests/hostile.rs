//! Files that nobody's AWS CLI has written: they are read or refused in no time, and nothing panics.

#[cfg(test)]
mod hostile {
    use portcullis_iam::Arn;
    use portcullis_snapshot::import::{Unusable, import};
    use portcullis_snapshot::{Assume, Snapshot, policies_for};

    const DETAILS: &str = "111111111111/account-authorization-details.json";

    fn read(path: &str, text: String) -> Result<Snapshot, Unusable> {
        import(&[(path, text)])
    }

    /// All problems of the snapshot as lines.
    fn problems(snapshot: &Snapshot) -> Vec<String> {
        let problems = snapshot.coverage.entries.iter().flat_map(|entry| &entry.problems);
        problems.map(ToString::to_string).collect()
    }

    #[test]
    fn deep_json_where_nothing_is_read() {
        let deep = "[".repeat(200_000) + &"]".repeat(200_000);
        let snapshot = read(DETAILS, format!(r#"{{"UserDetailList": [], "Other": {deep}}}"#)).unwrap();
        assert_eq!(problems(&snapshot), [""; 0]);
    }

    #[test]
    fn deep_json_where_something_is_read() {
        let deep = "[".repeat(200_000);
        let error = read(DETAILS, format!(r#"{{"UserDetailList": {deep}"#)).unwrap_err();
        assert!(error.to_string().contains("invalid type: list"), "{error}");
    }

    #[test]
    fn deep_policy_documents() {
        let deep = "[".repeat(200_000) + &"]".repeat(200_000);
        let user = format!(
            r#"{{"UserName": "alice", "Arn": "arn:aws:iam::111111111111:user/alice",
                "UserPolicyList": [{{"PolicyName": "p", "PolicyDocument": {{"Statement": {deep}}}}}]}}"#
        );
        let snapshot = read(DETAILS, format!(r#"{{"UserDetailList": [{user}]}}"#)).unwrap();
        let said = problems(&snapshot);
        assert!(said.len() == 1 && said[0].contains("a policy document has no meaning"), "{said:?}");
    }

    #[test]
    fn many_faults_are_counted_not_listed() {
        let users = r#"{"UserName": "nobody"},"#.repeat(100_000);
        let snapshot = read(DETAILS, format!(r#"{{"UserDetailList": [{users}{{}}]}}"#)).unwrap();
        let said = problems(&snapshot);
        assert_eq!(said.len(), 51);
        assert!(said[50].ends_with("99951 further problems of the kind"), "{}", said[50]);
    }

    #[test]
    fn rows_of_nothing_but_commas_and_quotes() {
        let header = "user,arn,mfa_active\n";
        for row in [",", "\"", "\"\"", "\n", "a,"] {
            let snapshot =
                read("111111111111/credential-report.csv", format!("{header}{}", row.repeat(500_000)))
                    .unwrap();
            assert_eq!(snapshot.users().count(), 0, "{row:?}");
        }
    }

    #[test]
    fn units_that_are_in_each_other() {
        let unit = |id: &str| format!(r#"{{"OrganizationalUnits": [{{"Id": "{id}", "Name": "x"}}]}}"#);
        let root = r#"{"Roots": [{"Id": "r-abcd", "Arn": "arn:aws:organizations::222222222222:root/o-x/r-abcd",
            "PolicyTypes": [{"Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED"}]}]}"#;
        let account = r#"{"Accounts": [{"Id": "111111111111"}]}"#;
        let user =
            r#"{"UserDetailList": [{"UserName": "alice", "Arn": "arn:aws:iam::111111111111:user/alice"}]}"#;
        let units = "organization/list-organizational-units-for-parent";
        let files = [
            (format!("{units}/ou-abcd-11111111.json"), unit("ou-abcd-22222222")),
            (format!("{units}/ou-abcd-22222222.json"), unit("ou-abcd-11111111")),
            ("organization/list-roots.json".into(), root.into()),
            ("organization/list-accounts-for-parent/ou-abcd-11111111.json".into(), account.into()),
            (DETAILS.into(), user.into()),
        ];
        let snapshot = import::<String, String>(&files).unwrap();
        let alice = Arn::parse("arn:aws:iam::111111111111:user/alice").unwrap();
        let policies = policies_for(&snapshot, &alice, Assume::Unknown).unwrap();
        let gap = &policies.service_control[0].layer.gaps[0];
        assert_eq!(&*gap.0, "the parents of 111111111111 go round in a circle");
        assert_eq!(snapshot.organization.unwrap().path(alice.account().unwrap()), None);
    }

    #[test]
    fn a_file_that_is_too_long_is_not_read() {
        let part = portcullis_snapshot::import::too_long(DETAILS, 300 << 20);
        let error = portcullis_snapshot::import::assemble(vec![part], None, &Default::default()).unwrap_err();
        assert!(error.to_string().contains("the file has 314572800 bytes"), "{error}");
    }
}
