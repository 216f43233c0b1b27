using Microsoft.OpenApi;

namespace Quartier.Api.Description;

/// <summary>The OpenAPI 3.1 document.</summary>
internal static class ApiDescription
{
    public static void Add(IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "Quartier",
                Version = "1",
                Description = "The native API of the urban data platform that a municipality runs itself. "
                    + "Times are ISO 8601 in UTC, durations ISO 8601; a value that is not there is null. Errors are RFC 9457 problem documents.",
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            OperationDescription.Complete(operation, context.Description.ActionDescriptor.EndpointMetadata);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            SchemaDescription.Complete(schema, context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        });
    });
}
