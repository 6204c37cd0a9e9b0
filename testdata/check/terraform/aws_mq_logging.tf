resource "aws_mq_broker" "allowed" {
  broker_name        = "claims"
  engine_type        = "ActiveMQ"
  engine_version     = "5.18"
  host_instance_type = "mq.m5.large"

  logs {
    general = true
  }
}

resource "aws_mq_broker" "refused" {
  broker_name        = "claims"
  engine_type        = "ActiveMQ"
  engine_version     = "5.18"
  host_instance_type = "mq.m5.large"
}

resource "aws_mq_broker" "refused_off" {
  broker_name        = "claims"
  engine_type        = "ActiveMQ"
  engine_version     = "5.18"
  host_instance_type = "mq.m5.large"

  logs {
    general = false
  }
}
