resource "aws_s3_bucket" "logs" {
  bucket = "logs-zone"
}

resource "aws_s3_bucket_acl" "allowed" {
  bucket = aws_s3_bucket.logs.id

  access_control_policy {
    grant {
      grantee {
        type = "Group"
        uri  = "http://acs.amazonaws.com/groups/s3/LogDelivery"
      }
      permission = "READ_ACP"
    }

    owner {
      id = "a1b2c3"
    }
  }
}

resource "aws_s3_bucket_acl" "refused" {
  bucket = aws_s3_bucket.logs.id

  access_control_policy {
    grant {
      grantee {
        type = "Group"
        uri  = "http://acs.amazonaws.com/groups/global/AllUsers"
      }
      permission = "READ_ACP"
    }

    owner {
      id = "a1b2c3"
    }
  }
}
