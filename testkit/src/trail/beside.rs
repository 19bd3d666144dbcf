//! What lies among and beside the records of a trail: digests, insights, and things that nobody can explain.

use std::io;

use portcullis_iam::Timestamp;

use super::shelf::Shelf;
use super::truth::count;

/// Writes a day's digest.
pub(super) fn digest(shelf: &mut Shelf, at: i64) -> io::Result<()> {
    let end = Timestamp::from_seconds(at);
    let start = Timestamp::from_seconds(at - 3600);
    let (account, organization) = (&shelf.at.account, &shelf.at.organization);
    let text = format!(
        r#"{{"awsAccountId":"{account}","digestStartTime":"{start}","digestEndTime":"{end}","digestS3Bucket":"logs-{organization}","digestS3Object":"AWSLogs/{organization}/{account}/CloudTrail-Digest/digest.json.gz","newestEventTime":"{end}","oldestEventTime":"{start}","previousDigestS3Bucket":null,"previousDigestS3Object":null,"previousDigestHashValue":null,"previousDigestHashAlgorithm":null,"previousDigestSignature":null,"digestSignatureAlgorithm":"SHA256withRSA","digestPublicKeyFingerprint":"67b9fa73676d86966b449dd677850753","logFiles":[]}}"#
    );
    shelf.beside(("CloudTrail-Digest", "digest"), at, &text)
}

/// Writes one of each that is found now and then.
pub(super) fn oddities(shelf: &mut Shelf, at: i64) -> io::Result<()> {
    let account = shelf.at.account.clone();
    let now = Timestamp::from_seconds(at);
    let insight = insight(&account, now);
    let network = format!(
        r#"{{"eventVersion":"1.09","userIdentity":{{"type":"AWSAccount","principalId":"AIDACKCEVSQ6C2EXAMPLE","accountId":"{account}"}},"eventTime":"{now}","eventSource":"s3.amazonaws.com","eventName":"ListBuckets","awsRegion":"eu-central-1","sourceIPAddress":"10.0.1.5","errorCode":"VpceAccessDenied","requestParameters":null,"responseElements":null,"eventType":"AwsVpceEvent","recipientAccountId":"{account}","vpcEndpointId":"vpce-0f3c9a1b5d7e00001","eventCategory":"NetworkActivity"}}"#
    );
    shelf.beside(("CloudTrail-Insight", "insight"), at, &list(&insight))?;
    shelf.beside(("CloudTrail-NetworkActivity", "network activity"), at, &list(&network))?;
    shelf.extra(0, now, &list(""))?;
    if shelf.at.is_clean {
        return Ok(());
    }
    shelf.beside(("CloudTrail", "other"), at, "day,records\n")?;
    shelf.extra(1, now, "")?;
    let unknown =
        format!(r#"{{"eventVersion":"1.11","awsRegion":"eu-central-1","recipientAccountId":"{account}"}}"#);
    let page = "<html><head><title>503 Slow Down</title></head><body>Please reduce your request rate.</body></html>\n";
    for (text, reason) in [
        (list(&insight), "insight"),
        (list(&network), "network activity"),
        (list(&unknown), "no record"),
        (page.to_owned(), "malformed"),
    ] {
        shelf.extra(0, now, &text)?;
        count(&mut shelf.truth.records.skipped, reason);
    }
    Ok(())
}

fn list(record: &str) -> String {
    format!(r#"{{"Records":[{record}]}}"#)
}

fn insight(account: &str, now: Timestamp) -> String {
    format!(
        r#"{{"eventVersion":"1.07","eventTime":"{now}","awsRegion":"eu-central-1","eventID":"d3f6a4b0-0a63-4b54-9f05-5b6a1d5e7a90","eventType":"AwsCloudTrailInsight","recipientAccountId":"{account}","sharedEventID":"a0c1b2d3-4e5f-4a6b-8c7d-9e0f1a2b3c4d","insightDetails":{{"state":"Start","eventSource":"ssm.amazonaws.com","eventName":"GetParameter","insightType":"ApiCallRateInsight","insightContext":{{"statistics":{{"baseline":{{"average":0.1}},"insight":{{"average":42.0}}}}}}}},"eventCategory":"Insight"}}"#
    )
}
