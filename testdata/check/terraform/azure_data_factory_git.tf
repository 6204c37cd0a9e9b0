resource "azurerm_data_factory" "refused" {
  name                = "refused"
  resource_group_name = "data-platform"
  location            = "westeurope"
}

resource "azurerm_data_factory" "allowed" {
  name                = "allowed"
  resource_group_name = "data-platform"
  location            = "westeurope"

  github_configuration {
    account_name    = "example"
    branch_name     = "main"
    git_url         = "https://github.com"
    repository_name = "pipelines"
    root_folder     = "/"
  }
}

resource "azurerm_data_factory" "allowed_devops" {
  name                = "allowed-devops"
  resource_group_name = "data-platform"
  location            = "westeurope"

  vsts_configuration {
    account_name    = "example"
    branch_name     = "main"
    project_name    = "data"
    repository_name = "pipelines"
    root_folder     = "/"
    tenant_id       = var.tenant_id
  }
}

variable "tenant_id" {
  type = string
}
