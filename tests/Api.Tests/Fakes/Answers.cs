using System.Text.Json.Nodes;

namespace Api.Tests.Fakes;

/// <summary>Asks with headers and keeps the whole answer.</summary>
internal static class Answers
{
    public static async Task<(HttpResponseMessage Response, string Text)> AskAsync(this HttpClient client, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public static async Task<JsonNode> JsonAsync(this HttpClient client, string path, int status, params (string Name, string Value)[] headers)
    {
        var (response, text) = await client.AskAsync(path, headers);
        using (response)
        {
            Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode}: {text}");
            return JsonNode.Parse(text)!;
        }
    }
}
