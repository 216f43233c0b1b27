using System.Text.Json;
using System.Text.Json.Nodes;

namespace Api.Tests.Fakes;

/// <summary>Compares JSON by content, and shows both sides when they differ.</summary>
internal static class Same
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void Json(string expected, JsonNode? actual)
    {
        var wanted = JsonNode.Parse(expected);
        if (!JsonNode.DeepEquals(wanted, actual))
        {
            Assert.Equal(wanted!.ToJsonString(Indented), actual?.ToJsonString(Indented));
        }
    }
}
