resource "aws_s3_bucket" "pages" {
  bucket = "pages"
}

resource "aws_cloudfront_distribution" "allowed" {
  enabled = true

  origin {
    domain_name              = aws_s3_bucket.pages.bucket_regional_domain_name
    origin_id                = "pages"
    origin_access_control_id = aws_cloudfront_origin_access_control.pages.id
  }
}

resource "aws_cloudfront_distribution" "refused" {
  enabled = true

  origin {
    domain_name = aws_s3_bucket.pages.bucket_regional_domain_name
    origin_id   = "pages"
  }
}
