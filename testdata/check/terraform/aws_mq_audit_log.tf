resource "aws_mq_broker" "allowed" {
  broker_name        = "claims"
  engine_type        = "ActiveMQ"
  engine_version     = "5.18"
  host_instance_type = "mq.m5.large"

  logs {
    audit = true
  }
}

resource "aws_mq_broker" "allowed_rabbit" {
  broker_name        = "claims"
  engine_type        = "RabbitMQ"
  engine_version     = "3.13"
  host_instance_type = "mq.m5.large"
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
    audit = false
  }
}
