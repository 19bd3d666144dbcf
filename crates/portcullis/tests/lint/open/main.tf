variable "buckets" {
  type = string
}

resource "aws_iam_group_policy" "mfa" {
  group = "everybody"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Action    = "s3:*"
      Resource  = var.buckets
      Condition = { Bool = { "aws:MultiFactorAuthPresent" = "false" } }
    }]
  })
}
