using System.Text;

namespace SensorThings.Tests;

/// <summary>Places that a grant leaves out, while the things stand somewhere else every now and then.</summary>
public sealed class HiddenPlaceTests : IAsyncLifetime
{
    private readonly StaCity _city = new();

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task Place_to_which_a_hidden_thing_moves_is_hidden_as_the_one_before()
    {
        var thing = await _city.Operator.IdAsync("Things", "name eq 'Zählstelle ohne Ort'");
        Assert.False(await IsToldAsync(_city.Public, "7.7777"));
        await MoveAsync(thing, "7.7333");
        await MoveAsync(thing, "7.7444");
        foreach (var longitude in (string[])["7.7777", "7.7333", "7.7444"])
        {
            Assert.True(await IsToldAsync(_city.Operator, longitude), longitude);
            Assert.False(await IsToldAsync(_city.Public, longitude), longitude);
        }
    }

    private static async Task<bool> IsToldAsync(HttpClient client, string longitude)
    {
        var texts = new List<string>();
        foreach (var path in (string[])["Locations?$top=1000", "HistoricalLocations?$top=1000&$expand=Locations", "Things?$top=1000&$expand=Locations"])
        {
            texts.Add((await client.TextAsync(path)).Text);
        }

        return texts.Exists(t => t.Contains(longitude, StringComparison.Ordinal));
    }

    private async Task MoveAsync(long thing, string longitude)
    {
        var body = $$"""{"name":"Neuer Ort","description":"","encodingType":"application/geo+json","location":{"type":"Point","coordinates":[{{longitude}},51.96]} }""";
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _city.Operator.PostAsync(new Uri($"Things({thing})/Locations", UriKind.Relative), content, StaCity.Token);
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(StaCity.Token)}");
    }
}
