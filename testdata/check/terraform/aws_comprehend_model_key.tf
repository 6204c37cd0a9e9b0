resource "aws_comprehend_entity_recognizer" "allowed" {
  name                 = "diagnoses"
  data_access_role_arn = aws_iam_role.comprehend.arn
  language_code        = "en"
  model_kms_key_id     = aws_kms_key.data.arn
}

resource "aws_comprehend_entity_recognizer" "refused" {
  name                 = "diagnoses"
  data_access_role_arn = aws_iam_role.comprehend.arn
  language_code        = "en"
}
