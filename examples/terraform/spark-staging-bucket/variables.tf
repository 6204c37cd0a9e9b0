variable "name" {
  description = "Name of the bucket; unique in all of AWS."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.name))
    error_message = "A bucket's name has 3 to 63 lower-case letters, digits and dashes."
  }
}

variable "job_role_arns" {
  description = "Roles of the Spark jobs that may read and write here. Nobody else may, not even other roles of the account."
  type        = list(string)

  validation {
    condition     = length(var.job_role_arns) > 0 && !contains(var.job_role_arns, "*")
    error_message = "Name at least one role, and not everybody."
  }
}

variable "admin_role_arns" {
  description = "Roles that may administer bucket and key (Terraform's own among them), and cannot read what lies there."
  type        = list(string)
}

variable "log_bucket" {
  description = "Bucket that keeps who asked for what (S3 server access logging)."
  type        = string
}

variable "vpc_endpoint_ids" {
  description = "Endpoints of S3 through which the jobs come; empty for any network."
  type        = list(string)
  default     = []
}

variable "days" {
  description = "Staging data are gone after so many days: what is not there cannot leak, and need not be erased."
  type        = number
  default     = 7

  validation {
    condition     = var.days >= 1 && var.days <= 90
    error_message = "Between 1 and 90 days."
  }
}

variable "tags" {
  description = "Tags of everything that is made here, such as owner and classification."
  type        = map(string)
  default     = {}
}
