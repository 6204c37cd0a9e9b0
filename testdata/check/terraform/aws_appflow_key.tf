resource "aws_appflow_flow" "allowed" {
  name = "salesforce-contacts"

  source_flow_config {
    connector_type = "Salesforce"

    source_connector_properties {
      salesforce {
        object = "Contact"
      }
    }
  }

  destination_flow_config {
    connector_type = "S3"

    destination_connector_properties {
      s3 {
        bucket_name = "raw-zone"
      }
    }
  }

  task {
    task_type = "Map_all"
  }

  trigger_config {
    trigger_type = "OnDemand"
  }

  kms_arn = aws_kms_key.data.arn
}

resource "aws_appflow_flow" "refused" {
  name = "salesforce-contacts"

  source_flow_config {
    connector_type = "Salesforce"

    source_connector_properties {
      salesforce {
        object = "Contact"
      }
    }
  }

  destination_flow_config {
    connector_type = "S3"

    destination_connector_properties {
      s3 {
        bucket_name = "raw-zone"
      }
    }
  }

  task {
    task_type = "Map_all"
  }

  trigger_config {
    trigger_type = "OnDemand"
  }
}
