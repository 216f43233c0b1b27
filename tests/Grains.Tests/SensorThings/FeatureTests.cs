using System.Globalization;
using System.Text.Json.Nodes;
using Quartier.Contracts.SensorThings;

namespace Grains.Tests.SensorThings;

/// <summary>Observations that each name a feature: many in one body leave what they leave one by one.</summary>
public sealed class FeatureTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Many_in_one_body_tell_of_what_they_tell_of_one_by_one(int seed)
    {
        var random = new Random(seed);
        await using var silo = await WritingSilo.StartAsync();
        await silo.CreateAsync("Things", Bodies.Whole("one"));
        await silo.CreateAsync("Things", Bodies.Whole("many"));
        var features = await FeaturesAsync(silo, 4);
        var startMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - 3_600_000;
        var told = new SortedDictionary<long, long>();
        for (var round = 0; round < 4; round++)
        {
            var rows = Enumerable.Range(0, 25).Select(_ => (TimeMs: startMs + random.Next(120), Feature: Feature(random, features))).ToList();
            await silo.SendAsync(HttpMethod.Post, "CreateObservations", Arrays(2, rows));
            foreach (var (timeMs, feature) in rows)
            {
                var named = feature is { } id ? $",\"FeatureOfInterest\":{{\"@iot.id\":{id}}}" : "";
                await silo.CreateAsync("Datastreams(1)/Observations", $"{{\"result\":1,\"phenomenonTime\":\"{Time(timeMs)}\"{named}}}");
                told[timeMs] = feature ?? 0;
            }

            foreach (var (timeMs, feature) in told)
            {
                var (one, many) = (await FeatureAsync(silo, 1, timeMs), await FeatureAsync(silo, 2, timeMs));
                Assert.True(one.Name == many.Name, $"seed {seed}, round {round}, {timeMs - startMs} ms: {many} in one body, {one} one by one");
                Assert.True(feature == 0 || feature == one.Id, $"seed {seed}, round {round}, {timeMs - startMs} ms: {one} and not {feature}");
            }
        }
    }

    [Fact]
    public async Task A_thousand_that_each_name_another_feature_are_kept_with_theirs_and_one_that_names_none_that_exists_is_refused()
    {
        await using var silo = await WritingSilo.StartAsync();
        await silo.CreateAsync("Things", Bodies.Whole());
        var features = await FeaturesAsync(silo, 3);
        var startMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - 3_600_000;
        var rows = Enumerable.Range(0, 1_500).Select(i => (startMs + (i * 10L), (long?)(i == 700 ? 9_999 : features[i % 3]))).ToList();
        var (_, text, _) = await silo.SendAsync(HttpMethod.Post, "CreateObservations", Arrays(1, rows));
        await silo.SendAsync(HttpMethod.Post, "CreateObservations", Arrays(1, [.. rows.Take(400).Select(r => (r.Item1 + 5, (long?)features[1]))])); // late, between them
        var answers = JsonNode.Parse(text)!.AsArray().Select(a => (string)a!).ToList();
        Assert.Equal("error", answers[700]);
        Assert.Equal(1, answers.Count(a => a == "error"));
        Assert.Equal(1_899, (await silo.BooksAsync()).Stored);
        foreach (var i in (int[])[0, 1, 2, 699, 701, 998, 999, 1_000, 1_001, 1_499])
        {
            Assert.Equal(features[i % 3], (await FeatureAsync(silo, 1, startMs + (i * 10L))).Id);
            Assert.True(i >= 400 || features[1] == (await FeatureAsync(silo, 1, startMs + (i * 10L) + 5)).Id);
        }
    }

    private static async Task<long[]> FeaturesAsync(WritingSilo silo, int count)
    {
        var features = new long[count];
        for (var i = 0; i < count; i++)
        {
            features[i] = IdOf(await silo.CreateAsync("FeaturesOfInterest", Bodies.Feature.Replace("Yard", $"Yard {i}", StringComparison.Ordinal)));
        }

        return features;
    }

    private static long? Feature(Random random, long[] features) => random.Next(4) == 0 ? null : features[random.Next(features.Length)];

    private static string Arrays(int stream, List<(long TimeMs, long? Feature)> rows) =>
        $"[{{\"Datastream\":{{\"@iot.id\":{stream}}},\"components\":[\"phenomenonTime\",\"result\",\"FeatureOfInterest/id\"],\"dataArray\":[{string.Join(',', rows.Select(r => $"[\"{Time(r.TimeMs)}\",1,{r.Feature?.ToString(CultureInfo.InvariantCulture) ?? "null"}]"))}]}}]";

    private static async Task<(long Id, string Name)> FeatureAsync(WritingSilo silo, long stream, long timeMs)
    {
        var numbers = (await silo.Entities.GetAsync(EntityKind.Datastream, [stream], Token)).Single().Numbers;
        var id = ObservationId.Of(numbers[0], timeMs)!.Value;
        var query = new EntityQuery(
            ResourcePath.Along(id, EntityTypes.Of(EntityKind.Observation).Navigation("FeatureOfInterest")!), QueryOptions.None, 0, EntitySight.Entities, QueryLimits.Default);
        var found = (await silo.Entities.FindAsync(query, Token)).Value!.Entities.Single();
        return (found.Id, found.Values[1].Text!);
    }

    private static long IdOf(string address) => long.Parse(address[(address.IndexOf('(', StringComparison.Ordinal) + 1)..^1], CultureInfo.InvariantCulture);

    private static string Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
