using System.Text.Json.Nodes;
using Api.Tests.Fakes;
using Quartier.Contracts.Readings;

namespace Api.Tests;

/// <summary>Published cells over a restart: readings that come late must not make a second version of what was shown.</summary>
public sealed class PublicationTests
{
    private const string Cells = "/open/cities/muenster/streams/values/total/cells?resolution={0}&from=2026-05-31T22:00:00.000Z&to=2026-06-30T22:00:00.000Z";
    private const int Sensors = 14;

    /// <summary>2026-06-10T08:00:00Z.</summary>
    private const long Morning = 1_781_078_400_000;

    [Theory]
    [InlineData("P1M")]
    [InlineData("P1D")]
    [InlineData("PT1H")]
    [InlineData("P1W")]
    public async Task Closed_month_is_answered_the_same_after_a_restart_and_late_readings(string resolution)
    {
        string before;
        var publications = new FakePublications();
        await using (var host = await StartAsync(publications))
        {
            before = await GetAsync(host, resolution);
            Assert.Contains("\"value\":", before, StringComparison.Ordinal);
        }

        await using var again = await StartAsync(publications, late: 1_700);
        Assert.Equal(before, await GetAsync(again, resolution));
        Assert.Equal(before, await GetAsync(again, resolution));
    }

    [Fact]
    public async Task Day_of_an_open_month_stays_as_it_was_published()
    {
        var publications = new FakePublications();
        var june15 = new DateTimeOffset(2026, 6, 15, 0, 0, 0, TimeSpan.Zero);
        string before;
        await using (var host = await StartAsync(publications, now: june15))
        {
            before = await GetAsync(host, "P1D");
            var month = JsonNode.Parse(await GetAsync(host, "P1M"))!["cells"]!.AsArray();
            Assert.All(month, c => Assert.Equal("open", c!["withheld"]!.GetValue<string>()));
        }

        await using (var again = await StartAsync(publications, late: 1_700, now: june15))
        {
            Assert.Equal(before, await GetAsync(again, "P1D"));
        }

        // When the month is over its sum would tell what came late: it is withheld, with the reason.
        await using var after = await StartAsync(publications, late: 1_700);
        Assert.Equal(before, await GetAsync(after, "P1D"));
        var closed = JsonNode.Parse(await GetAsync(after, "P1M"))!;
        Assert.Equal("changed-since", closed["cells"]!.AsArray().Single(c => c!["cell"]!.GetValue<string>() == "mitte")!["withheld"]!.GetValue<string>());
        Assert.NotNull(closed["reasons"]!["changed-since"]);
    }

    [Fact]
    public async Task Nothing_is_shown_that_could_not_be_kept()
    {
        var publications = new FakePublications { Failure = new StoreException("the disk says no") };
        await using var host = await StartAsync(publications);
        using var refused = await host.Anybody().GetAsync(string.Format(null, Cells, "P1D"), TestContext.Current.CancellationToken);
        Assert.Equal(503, (int)refused.StatusCode);
        publications.Failure = null;
        Assert.Contains("\"value\":", await GetAsync(host, "P1D"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_older_than_anything_it_was_made_of_is_not_computed_again()
    {
        var publications = new FakePublications();
        await using var host = await StartAsync(publications, now: new DateTimeOffset(2027, 7, 2, 0, 0, 0, TimeSpan.Zero));
        Assert.Empty(JsonNode.Parse(await GetAsync(host, "P1D"))!["cells"]!.AsArray());
        Assert.Equal(0, publications.Kept);
    }

    [Fact]
    public async Task Running_month_is_computed_once_a_minute_for_all_who_ask()
    {
        var publications = new FakePublications();
        await using var host = await StartAsync(publications, now: new DateTimeOffset(2026, 6, 15, 0, 0, 0, TimeSpan.Zero));
        var first = await GetAsync(host, "P1D");
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(first, await GetAsync(host, "P1D"));
            await GetAsync(host, "PT1H");
        }

        Assert.Equal(Sensors, host.Store.Aggregated);
        host.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(first, await GetAsync(host, "P1D"));
        Assert.Equal(2 * Sensors, host.Store.Aggregated);
    }

    private static async Task<string> GetAsync(ApiHost host, string resolution)
    {
        using var client = host.Anybody();
        using var response = await client.GetAsync(string.Format(null, Cells, resolution), TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        return text;
    }

    /// <summary>Sensors of which seven stand in each district, each with a reading on two days; the late ones come to the first.</summary>
    private static async Task<ApiHost> StartAsync(FakePublications publications, double? late = null, DateTimeOffset? now = null)
    {
        var host = await ApiHost.StartAsync(h =>
        {
            h.Publications = publications;
            h.Registry.Publish(new(SampleCity.WithSensors(Enumerable.Range(0, Sensors).Select(i => $"s{i:D2}")), 7));
            h.AddEmptyStates();
            var policy = SamplePolicy.Open;
            h.Policies.Set(policy with { Grants = [.. policy.Grants.Select(g => g with { UntilMs = 4_102_444_800_000 })] });
        });
        host.Time.Advance((now ?? new DateTimeOffset(2026, 7, 2, 0, 0, 0, TimeSpan.Zero)) - host.Time.GetUtcNow());
        for (var i = 0; i < Sensors; i++)
        {
            host.Put("promenade", $"s{i:D2}", 0, new Reading(Morning, 40 + i, Quality.Good), new Reading(Morning + 86_400_000, 50 + i, Quality.Good));
        }

        if (late is { } value)
        {
            host.Put("promenade", "s00", 0, new Reading(Morning + 1_000, value, Quality.Late));
        }

        return host;
    }
}
