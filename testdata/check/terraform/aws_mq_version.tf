resource "aws_mq_broker" "allowed" {
  broker_name        = "claims"
  host_instance_type = "mq.m5.large"
  engine_type        = "ActiveMQ"
  engine_version     = "5.18.4"
}

resource "aws_mq_broker" "allowed_rabbit" {
  broker_name        = "claims"
  host_instance_type = "mq.m5.large"
  engine_type        = "RabbitMQ"
  engine_version     = "3.13.0"
}

resource "aws_mq_broker" "refused" {
  broker_name        = "claims"
  host_instance_type = "mq.m5.large"
  engine_type        = "ActiveMQ"
  engine_version     = "5.15.16"
}

resource "aws_mq_configuration" "refused" {
  name           = "claims"
  data           = "<broker/>"
  engine_type    = "RabbitMQ"
  engine_version = "3.8.6"
}
