using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Quartier.Api.Json;

namespace Quartier.Api.Description;

/// <summary>Schemas of the types that have converters of their own.</summary>
internal static class SchemaDescription
{
    public static void Complete(OpenApiSchema schema, Type type)
    {
        if (type == typeof(UtcTime) || type == typeof(UtcTime?))
        {
            schema.Type = type == typeof(UtcTime) ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
            schema.Format = "date-time";
            schema.Description = "ISO 8601 in UTC with milliseconds.";
        }
        else if (type == typeof(QualityFlags) || type == typeof(QualityFlags?))
        {
            schema.Type = type == typeof(QualityFlags) ? JsonSchemaType.Array : JsonSchemaType.Array | JsonSchemaType.Null;
            schema.Description = "What is held against the reading; empty when good.";
            schema.Items = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Enum = [.. QualityFlagsConverter.Words.Select(w => (JsonNode)JsonValue.Create(w))],
            };
        }
    }
}
