using System.Text.Json;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>201 with the address of each Observation, or <c>"error"</c> in its place (OGC 18-088, 13.2.3).</summary>
internal sealed class WrittenList(IReadOnlyList<PostedObservation> observations, string root) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = StatusCodes.Status201Created;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-store";
        var json = new Utf8JsonWriter(response.BodyWriter);
        await using (json.ConfigureAwait(false))
        {
            json.WriteStartArray();
            foreach (var observation in observations)
            {
                json.WriteStringValue(observation.Problem is null ? $"{root}/Observations({observation.Id})" : "error");
            }

            json.WriteEndArray();
        }
    }
}
