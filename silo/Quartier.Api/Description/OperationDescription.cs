using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Quartier.Api.Http;

namespace Quartier.Api.Description;

/// <summary>Completes a route's description from its metadata: parameters, bodies and what the answers mean.</summary>
internal static class OperationDescription
{
    private static readonly FrozenDictionary<string, string> PathParameters = new Dictionary<string, string>
    {
        ["city"] = "Id of the city.",
        ["district"] = "Id of the district.",
        ["asset"] = "Id of the asset.",
        ["gateway"] = "Id of the gateway.",
        ["sensor"] = "Id of the sensor behind the gateway.",
        ["property"] = "The datastream's property.",
        ["id"] = "Id of the alert.",
        ["person"] = "Id of the person.",
        ["version"] = "Version of the policy document: 1, 2, …",
        ["stream"] = "Id of the policy's stream entry.",
        ["record"] = "processing or impact-assessment.",
        ["key"] = "Id of the API key: the part between the first two '_'.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Statuses = new Dictionary<string, string>
    {
        ["200"] = "The answer.",
        ["400"] = "A parameter or the body cannot be used; the detail says which, the limit and the remedy.",
        ["401"] = "Nobody is signed in, or the credential is wrong or has ended; the type says which, the detail the remedy.",
        ["403"] = "It is not permitted; the detail says why.",
        ["404"] = "Something named is unknown, or there is nothing yet.",
        ["409"] = "It contradicts what is kept.",
        ["413"] = "The body is too large.",
        ["415"] = "The body's media type is not taken.",
        ["422"] = "The registry file is not sound; 'problems' says what and where.",
        ["429"] = "Too many wrong credentials came from this address, or too much is asked at once; the detail says which limit, and when to try again.",
        ["503"] = "Not available at present.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static void Complete(OpenApiOperation operation, IList<object> metadata)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            parameter.Description ??= PathParameters.GetValueOrDefault(parameter.Name ?? string.Empty);
        }

        foreach (var query in metadata.OfType<QueryParameter>())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = query.Name,
                In = ParameterLocation.Query,
                Description = query.Description,
                Schema = SchemaOf(query),
            });
        }

        if (metadata.OfType<BodyMediaTypes>().FirstOrDefault() is { } body)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Description = "UTF-8.",
                Content = body.MediaTypes.ToDictionary(
                    t => t, _ => new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } }),
            };
        }

        foreach (var (status, response) in operation.Responses ?? [])
        {
            response.Description = Statuses.GetValueOrDefault(status, "See the problem document.");
        }
    }

    private static OpenApiSchema SchemaOf(QueryParameter query) => query.Kind switch
    {
        QueryKind.Whole => new()
        {
            Type = JsonSchemaType.Integer,
            Minimum = query.Minimum.ToString(CultureInfo.InvariantCulture),
            Maximum = query.Maximum.ToString(CultureInfo.InvariantCulture),
            Default = query.Default,
        },
        QueryKind.Instant => new() { Type = JsonSchemaType.String, Format = "date-time" },
        QueryKind.Flag => new() { Type = JsonSchemaType.Boolean, Default = false },
        QueryKind.Word => new()
        {
            Type = JsonSchemaType.String,
            Enum = [.. query.Words.Select(w => (JsonNode)JsonValue.Create(w))],
            Default = query.Optional ? null : query.Words[0],
        },
        _ => new() { Type = JsonSchemaType.String, MaxLength = query.Maximum },
    };
}
