namespace SensorThings.Tests;

/// <summary>Places that a grant leaves out, while the things stand somewhere else every now and then.</summary>
public sealed class HiddenPlaceTests : IAsyncLifetime
{
    private readonly StaCity _city = new();

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task Place_that_a_hidden_thing_comes_to_is_hidden_whatever_was_known_before()
    {
        const string Placed = ", location: [7.7777, 51.9777]";
        Assert.False(await IsToldAsync(_city.Public, "7.7777"));
        foreach (var place in (string[])["", ", location: [7.7333, 51.9777]", "", ", location: [7.7444, 51.9777]"])
        {
            await _city.ApplyAsync(CityFiles.Registry.Replace(Placed, place, StringComparison.Ordinal));
            foreach (var longitude in (string[])["7.7777", "7.7333", "7.7444"])
            {
                Assert.False(await IsToldAsync(_city.Public, longitude), $"{longitude} after '{place}'");
            }
        }

        Assert.True(await IsToldAsync(_city.Operator, "7.7444"));
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
}
