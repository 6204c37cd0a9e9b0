resource "aws_security_group" "allowed" {
  name        = "warehouse"
  description = "Who may query the warehouse"

  ingress {
    description     = "Reports"
    from_port       = 5439
    to_port         = 5439
    protocol        = "tcp"
    security_groups = [aws_security_group.reports.id]
  }
}

resource "aws_security_group" "reports" {
  name        = "reports"
  description = "Machines that write reports"
}

resource "aws_security_group" "refused" {
  name = "warehouse"
}

resource "aws_security_group" "refused_rule" {
  name        = "warehouse"
  description = "Who may query the warehouse"

  ingress {
    from_port       = 5439
    to_port         = 5439
    protocol        = "tcp"
    security_groups = [aws_security_group.reports.id]
  }
}
