package custody.old

allow { input.admin }
