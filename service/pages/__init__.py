"""The pages people see: server-rendered, without JavaScript, and the documentation page of the API."""
