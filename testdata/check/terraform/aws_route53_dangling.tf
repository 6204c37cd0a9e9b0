resource "aws_route53_record" "allowed" {
  zone_id = aws_route53_zone.clinic.id
  name    = "portal"
  type    = "A"
  ttl     = 300
  records = [aws_eip.portal.public_ip]
}

resource "aws_eip" "portal" {
  domain = "vpc"
}

resource "aws_route53_record" "allowed_text" {
  zone_id = aws_route53_zone.clinic.id
  name    = "portal"
  type    = "TXT"
  ttl     = 300
  records = ["v=spf1 -all"]
}

resource "aws_route53_record" "refused" {
  zone_id = aws_route53_zone.clinic.id
  name    = "old-portal"
  type    = "A"
  ttl     = 300
  records = ["203.0.113.7"]
}
