using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Quartier.Api.Http;
using Quartier.Api.SensorThings.Districts;
using Quartier.Api.SensorThings.Writing;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Readings;

namespace SensorThings.Tests;

/// <summary>A FeatureOfInterest is deleted with the Observations that tell of it (OGC 18-088, 10.4): by whom, how far, and what is left.</summary>
public sealed class FeatureRemovalTests : IAsyncLifetime
{
    private const string Opened = """match: ["g/rad-*/total", "sensorthings/*/*"]""";
    private const string Measurement = "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement";

    private readonly StaCity _city = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task Root_names_the_class_delete_entity()
    {
        var conformance = (await _city.Public.JsonAsync(_city.Root))["serverSettings"]!["conformance"]!.AsArray().Select(c => (string)c!);
        Assert.Contains("http://www.opengis.net/spec/iot_sensing/1.1/req/create-update-delete/delete-entity", conformance);
    }

    [Fact]
    public async Task Feature_goes_with_the_observations_of_every_stream_that_tell_of_it_and_with_no_others()
    {
        await _city.PolicyAsync(CityFiles.Policy.Replace("""match: ["g/rad-*/total"]""", Opened, StringComparison.Ordinal));
        var (bikes, air) = (await _city.Public.StreamAsync("rad-1/total"), await _city.Public.StreamAsync("luft-1/temperature"));
        var wind = await WindAsync();
        var (gone, kept) = (await FeatureAsync("Brücke"), await FeatureAsync("Hof"));
        var told = new List<string>
        {
            await ObserveAsync($"Datastreams({bikes})", "7", "2026-07-01T00:01:00Z", gone),
            await ObserveAsync($"Datastreams({bikes})", "8", "2026-07-01T00:03:00Z", gone),
            await ObserveAsync($"Datastreams({air})", "20", "2026-07-01T00:02:00Z", gone),
            await ObserveAsync($"MultiDatastreams({wind})", "[3,7.5,null]", "2026-07-20T12:00:00Z", gone),
        };
        var others = new List<string>
        {
            await ObserveAsync($"Datastreams({bikes})", "9", "2026-07-01T00:02:00Z", kept),
            await ObserveAsync($"MultiDatastreams({wind})", "[4,8,2]", "2026-07-20T13:00:00Z", kept),
            $"Observations({(await _city.Operator.ValuesAsync($"Datastreams({bikes})/Observations?$filter=phenomenonTime eq 2026-07-01T00:00:00Z")).Single().Id()})",
        };
        Assert.Equal(4, await _city.Operator.NumberAsync($"FeaturesOfInterest({gone})/Observations/$count"));
        var before = await Task.WhenAll(others.Select(async o => (await _city.Operator.JsonAsync($"{o}?$expand=FeatureOfInterest")).ToJsonString()));

        await DeleteAsync($"FeaturesOfInterest({gone})", 200);
        await _city.Operator.GetAsync($"FeaturesOfInterest({gone})", 404);
        foreach (var path in told)
        {
            await _city.Operator.GetAsync(path, 404);
        }

        Assert.Equal(before, await Task.WhenAll(others.Select(async o => (await _city.Operator.JsonAsync($"{o}?$expand=FeatureOfInterest")).ToJsonString())));
        Assert.Equal(2, await _city.Operator.NumberAsync($"FeaturesOfInterest({kept})/Observations/$count"));
        var entries = await EntriesAsync();
        Assert.Equal(told.Select(t => t + " of").Order(StringComparer.Ordinal), entries.Select(e => e.Detail![..(e.Detail!.IndexOf(')', StringComparison.Ordinal) + 4)]).Order(StringComparer.Ordinal));
        Assert.All(entries, e => Assert.EndsWith($"withdrawn with FeaturesOfInterest({gone})", e.Detail, StringComparison.Ordinal));
        await DeleteAsync($"FeaturesOfInterest({gone})", 404);
    }

    [Fact]
    public async Task What_was_made_from_a_location_goes_with_its_observations_and_the_next_one_makes_it_anew()
    {
        await _city.PolicyAsync(CityFiles.Policy.Replace("""match: ["g/rad-*/total"]""", Opened, StringComparison.Ordinal));
        var stream = await MoistureAsync();
        for (var i = 0; i < 3; i++)
        {
            await _city.ObserveAsync(stream, $$"""{"result":{{i}},"phenomenonTime":"2026-07-20T12:0{{i}}:00Z"}""");
        }

        var made = (await _city.Operator.ValuesAsync($"Datastreams({stream})/Observations?$expand=FeatureOfInterest")).Select(o => o["FeatureOfInterest"]!.Id()).Distinct().Single();
        await DeleteAsync($"FeaturesOfInterest({made})", 200);
        Assert.Empty(await _city.Operator.ValuesAsync($"Datastreams({stream})/Observations"));
        Assert.Null((await _city.Operator.JsonAsync($"Datastreams({stream})"))["phenomenonTime"]);
        var next = await _city.ObserveAsync(stream, """{"result":9,"phenomenonTime":"2026-07-20T12:01:00Z"}""");
        var anew = await _city.Operator.JsonAsync($"{next}/FeatureOfInterest");
        Assert.NotEqual(made, anew.Id());
        Assert.Equal("Dachboden", anew.Name());
        Assert.Equal(9, (double)(await _city.Operator.JsonAsync(next))["result"]!);
        Assert.Equal(1, await _city.Operator.NumberAsync($"Datastreams({stream})/Observations/$count"));
        Assert.Equal(1, await _city.Operator.NumberAsync($"FeaturesOfInterest({anew.Id()})/Observations/$count"));
    }

    [Fact]
    public async Task One_stream_that_refuses_lets_nothing_be_done_and_the_answer_is_the_same_whether_or_not_it_holds_anything()
    {
        var (bikes, heat) = (await _city.Public.StreamAsync("rad-1/total"), await _city.Public.StreamAsync("haus-1/energy"));
        var (full, empty) = (await FeatureAsync("Brücke"), await FeatureAsync("Hof"));
        foreach (var (feature, second) in new[] { (full, 10), (empty, 40) })
        {
            await _city.ObserveAsync(bikes, $$"""{"result":7,"phenomenonTime":"2026-07-01T00:00:{{second}}Z","FeatureOfInterest":{"@iot.id":{{feature}}} }""");
            await _city.ObserveAsync(heat, $$"""{"result":7,"phenomenonTime":"2026-07-01T00:00:{{second}}Z","FeatureOfInterest":{"@iot.id":{{feature}}} }""");
        }

        // Of one of them nothing is left that the caller could not withdraw, and the answer does not tell.
        var store = _city.Silo.Services.GetRequiredService<IReadingStore>();
        var number = store.Find(new($"{StaCity.City}/g/haus-1", "energy"))!.Value;
        Assert.NotNull(await store.CorrectAsync(number, StaCity.StartMs + 40_000, Correction.Withdrawn, Token));

        var answers = new List<string>();
        foreach (var feature in (long[])[full, empty])
        {
            answers.Add((await DeleteAsync($"FeaturesOfInterest({feature})", 403)).Replace($"({feature})", "(…)", StringComparison.Ordinal));
            Assert.Equal(1, await _city.Operator.NumberAsync($"Datastreams({bikes})/Observations/$count?$filter=FeatureOfInterest/id eq {feature}"));
        }

        Assert.Equal(answers[0], answers[1]);
        Assert.Empty(await EntriesAsync());

        // Whoever may change no entities is told that before anything is looked up.
        using var oda = await _city.PersonAsync("oda", "operator", "amt");
        foreach (var (client, status) in new[] { (_city.Public, 401), (oda, 403) })
        {
            var (there, never) = (await DeleteAsync($"FeaturesOfInterest({full})", status, client), await DeleteAsync("FeaturesOfInterest(99999)", status, client));
            Assert.Equal(never, there);
        }
    }

    [Fact]
    public async Task What_stands_in_the_citys_file_stays_and_so_do_its_observations()
    {
        var bikes = await _city.Public.StreamAsync("rad-1/total");
        var first = (await _city.Operator.ValuesAsync($"Datastreams({bikes})/Observations?$top=1&$expand=FeatureOfInterest")).Single();
        Assert.Contains("registry file", await DeleteAsync($"FeaturesOfInterest({first["FeatureOfInterest"]!.Id()})", 409), StringComparison.Ordinal);
        Assert.Equal(CityReadings.MiddleCounts, await _city.Operator.NumberAsync($"Datastreams({bikes})/Observations/$count"));
    }

    [Fact]
    public async Task Another_version_a_set_and_a_change_set_delete_nothing()
    {
        var bikes = await _city.Public.StreamAsync("rad-1/total");
        var feature = await FeatureAsync("Brücke");
        await ObserveAsync($"Datastreams({bikes})", "7", "2026-07-01T00:01:00Z", feature);
        await DeleteAsync($"FeaturesOfInterest({feature})", 412, ifMatch: "W/\"9.x\"");
        await DeleteAsync("FeaturesOfInterest", 400);
        var batch = $$"""{"requests":[{"id":"a","atomicityGroup":"g","method":"delete","url":"FeaturesOfInterest({{feature}})"}]}""";
        using var content = new StringContent(batch, Encoding.UTF8, "application/json");
        using var answer = await _city.Operator.PostAsync(new Uri("$batch", UriKind.Relative), content, Token);
        var told = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!["responses"]![0]!;
        Assert.Equal(501, (int)told["status"]!);
        Assert.Contains("outside of the change set", (string)told["body"]!["detail"]!, StringComparison.Ordinal);
        Assert.Equal(1, await _city.Operator.NumberAsync($"FeaturesOfInterest({feature})/Observations/$count"));
        Assert.Empty(await EntriesAsync());
        await DeleteAsync($"FeaturesOfInterest({feature})", 200, ifMatch: "W/\"1.x\"");
    }

    [Fact]
    public async Task More_observations_than_one_request_withdraws_are_refused_by_number_and_none_is_withdrawn()
    {
        await _city.PolicyAsync(CityFiles.Policy.Replace("""match: ["g/rad-*/total"]""", Opened, StringComparison.Ordinal));
        var stream = await MoistureAsync();
        await SpanAsync(stream, 10_001);
        var made = (await _city.Operator.ValuesAsync($"Datastreams({stream})/Observations?$top=1&$expand=FeatureOfInterest")).Single()["FeatureOfInterest"]!.Id();
        var refused = await DeleteAsync($"FeaturesOfInterest({made})", 413);
        Assert.Contains("10000 Observations", refused, StringComparison.Ordinal);
        Assert.Contains("DELETE some of the Observations first", refused, StringComparison.Ordinal);
        Assert.Equal(10_001, await _city.Operator.NumberAsync($"Datastreams({stream})/Observations/$count"));
        Assert.Empty(await EntriesAsync());

        var first = (await _city.Operator.ValuesAsync($"Datastreams({stream})/Observations?$top=1")).Single().Id();
        await DeleteAsync($"Observations({first})", 200);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await DeleteAsync($"FeaturesOfInterest({made})", 200);
        TestContext.Current.TestOutputHelper?.WriteLine($"10,000 withdrawn in {clock.Elapsed}");
        Assert.Equal(0, await _city.Operator.NumberAsync($"Datastreams({stream})/Observations/$count"));
        Assert.Equal(10_001, (await EntriesAsync()).Count);
    }

    [Fact]
    public async Task What_arrives_meanwhile_tells_of_a_feature_that_is_there()
    {
        await _city.PolicyAsync(CityFiles.Policy.Replace("""match: ["g/rad-*/total"]""", Opened, StringComparison.Ordinal));
        var stream = await MoistureAsync();
        await SpanAsync(stream, 500);
        for (var round = 0; round < 3; round++)
        {
            var made = (await _city.Operator.ValuesAsync($"Datastreams({stream})/Observations?$top=1&$orderby=phenomenonTime desc&$expand=FeatureOfInterest")).Single()["FeatureOfInterest"]!.Id();
            var gone = false;
            var start = new DateTimeOffset(2026, 7, 22 + round, 0, 0, 0, TimeSpan.Zero);
            var sending = Enumerable.Range(0, 4).Select(async sender =>
            {
                for (var (i, taken) = (0, 0); taken == 0; i++)
                {
                    var wasGone = Volatile.Read(ref gone);
                    await _city.ObserveAsync(stream, $$"""{"result":1,"phenomenonTime":"{{start.AddMilliseconds((sender * 1_000_000) + i):yyyy-MM-ddTHH:mm:ss.fffZ}}"}""");
                    taken += wasGone ? 1 : 0;
                }
            }).ToArray();
            var (status, text) = await TryDeleteAsync($"FeaturesOfInterest({made})");
            while (status == HttpStatusCode.ServiceUnavailable)
            {
                (status, text) = await TryDeleteAsync($"FeaturesOfInterest({made})");
            }

            Assert.True(status == HttpStatusCode.OK, text);
            Volatile.Write(ref gone, true);
            await Task.WhenAll(sending);
            var left = await _city.Operator.AllAsync($"Datastreams({stream})/Observations?$expand=FeatureOfInterest&$top=1000");
            Assert.NotEmpty(left);
            Assert.All(left, o => Assert.NotEqual(made, o["FeatureOfInterest"]!.Id()));
            Assert.Single(left.Select(o => o["FeatureOfInterest"]!.Id()).Distinct());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_random_observations_and_deletions_leave_is_what_a_list_of_them_holds(int seed)
    {
        const string Place = "Dachboden";
        await _city.PolicyAsync(CityFiles.Policy.Replace("""match: ["g/rad-*/total"]""", Opened, StringComparison.Ordinal));
        var random = new Random(seed);
        long[] streams = [await MoistureAsync(), await MoistureAsync()];
        var start = new DateTimeOffset(2026, 7, 20, 12, 0, 0, TimeSpan.Zero);
        var features = new Dictionary<string, long>();
        var told = new SortedDictionary<(long Stream, string Time), string>();
        for (var step = 0; step < 80; step++)
        {
            if (random.Next(10) == 0 && told.Count > 0)
            {
                var name = told.Values.Distinct().Order(StringComparer.Ordinal).ElementAt(random.Next(told.Values.Distinct().Count()));
                foreach (var made in await _city.Operator.ValuesAsync($"FeaturesOfInterest?$filter=name eq '{name}'"))
                {
                    await DeleteAsync($"FeaturesOfInterest({made.Id()})", 200);
                }

                features.Remove(name);
                told.Keys.Where(k => told[k] == name).ToList().ForEach(k => told.Remove(k));
            }
            else
            {
                var (stream, time) = (streams[random.Next(2)], $"{start.AddMilliseconds(random.Next(25)):yyyy-MM-ddTHH:mm:ss.fffZ}");
                var named = random.Next(3) == 0 ? null : $"F{random.Next(3)}";
                if (named is not null && !features.ContainsKey(named))
                {
                    features[named] = await FeatureAsync(named);
                }

                var more = named is null ? "" : $",\"FeatureOfInterest\":{{\"@iot.id\":{features[named]}}}";
                await _city.ObserveAsync(stream, $"{{\"result\":1,\"phenomenonTime\":\"{time}\"{more}}}");
                told[(stream, time)] = named ?? Place;
            }

            if (step % 8 == 7)
            {
                var found = new SortedDictionary<(long Stream, string Time), string>();
                foreach (var stream in streams)
                {
                    (await _city.Operator.AllAsync($"Datastreams({stream})/Observations?$expand=FeatureOfInterest")).ForEach(o => found[(stream, (string)o["phenomenonTime"]!)] = o["FeatureOfInterest"]!.Name());
                }

                Assert.True(told.SequenceEqual(found), $"seed {seed}, step {step}: expected\n{string.Join('\n', told)}\nfound\n{string.Join('\n', found)}");
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Feature_stays_until_its_observations_are_withdrawn_on_the_disk_and_nobody_else_waits_for_that(bool isLost)
    {
        var bikes = await _city.Public.StreamAsync("rad-1/total");
        var feature = await FeatureAsync("Brücke");
        var told = await ObserveAsync($"Datastreams({bikes})", "7", "2026-07-01T00:01:00Z", feature);
        await using var scope = _city.Silo.Services.CreateAsyncScope();
        var of = scope.ServiceProvider;
        var held = new HeldReadings(of.GetRequiredService<IReadingStore>());
        var removal = new FeatureRemoval(
            of.GetRequiredService<WritePorts>() with { Readings = held },
            of.GetRequiredService<EntityDesk>(),
            of.GetRequiredService<FeatureGate>(),
            of.GetRequiredService<FeatureObservations>(),
            of.GetRequiredService<SeenFeatures>(),
            of.GetRequiredService<CityDesks>(),
            of.GetRequiredService<RequestLanguage>());
        var context = new DefaultHttpContext();
        context.Features.Set(new Caller(new(PrincipalKind.Person, "anna", "Anna", ["amt"], [Role.Administrator, Role.Operator], null, long.MaxValue), "operation"));
        Assert.True(WriteTarget.Read($"FeaturesOfInterest({feature})").TryGet(out var path, out _));
        Assert.True(WrittenVersion.Read(default, default).TryGet(out var version, out _));
        var deleting = removal.RemoveAsync(context, path, version, Token);
        await held.Asked;

        // Withdrawn, not yet on the disk, and others go on.
        await _city.Operator.GetAsync(told, 404);
        await _city.Operator.JsonAsync($"FeaturesOfInterest({feature})");
        await FeatureAsync("Hof");
        Assert.False(deleting.IsCompleted);
        if (isLost)
        {
            held.Lose();
            await Assert.ThrowsAsync<StoreException>(() => deleting);
            await _city.Operator.JsonAsync($"FeaturesOfInterest({feature})");
            await ObserveAsync($"Datastreams({bikes})", "8", "2026-07-01T00:03:00Z", feature);
            await DeleteAsync($"FeaturesOfInterest({feature})", 200);
        }
        else
        {
            held.Release();
            Assert.True((await deleting).TryGet(out _, out _));
        }

        await _city.Operator.GetAsync($"FeaturesOfInterest({feature})", 404);
        Assert.Equal(CityReadings.MiddleCounts, await _city.Operator.NumberAsync($"Datastreams({bikes})/Observations/$count"));
    }

    private async Task<long> FeatureAsync(string name) => Id(await _city.CreateAsync(
        "FeaturesOfInterest", $$$"""{"name":"{{{name}}}","description":"d","encodingType":"application/geo+json","feature":{"type":"Point","coordinates":[7.71,51.93]}}"""));

    private Task<string> ObserveAsync(string stream, string result, string time, long feature) =>
        _city.CreateAsync($"{stream}/Observations", $$"""{"result":{{result}},"phenomenonTime":"{{time}}","FeatureOfInterest":{"@iot.id":{{feature}}} }""");

    /// <summary>So many Observations a second apart.</summary>
    private async Task SpanAsync(long stream, int count)
    {
        var start = new DateTimeOffset(2026, 7, 20, 0, 0, 0, TimeSpan.Zero);
        var rows = string.Join(',', Enumerable.Range(0, count).Select(i => $"[\"{start.AddSeconds(i):yyyy-MM-ddTHH:mm:ssZ}\",{i % 90}]"));
        var body = $"[{{\"Datastream\":{{\"@iot.id\":{stream}}},\"components\":[\"phenomenonTime\",\"result\"],\"dataArray\":[{rows}]}}]";
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _city.Operator.PostAsync(new Uri("CreateObservations", UriKind.Relative), content, Token);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    private async Task<long> MoistureAsync()
    {
        var thing = await _city.CreateAsync("Things", $$$"""
            {"name":"Dach","description":"d","properties":{"district":"hafen"},
             "Locations":[{"name":"Dachboden","description":"","encodingType":"application/geo+json","location":{"type":"Point","coordinates":[7.75,51.95]} }],
             "Datastreams":[{"name":"Feuchte","description":"Wie feucht?","observationType":"{{{Measurement}}}",
               "unitOfMeasurement":{"name":"Prozent","symbol":"%","definition":"ucum:%"},"properties":{"registry":{"class":"public"}},
               "Sensor":{"name":"F","description":"Fühler","encodingType":"text/html","metadata":"f"},
               "ObservedProperty":{"name":"humidity","definition":"https://example.org/humidity","description":"Feuchte"}}]}
            """);
        return (await _city.Operator.ValuesAsync($"{thing}/Datastreams")).Single().Id();
    }

    private async Task<long> WindAsync()
    {
        const string Unit = """{"name":"metre per second","symbol":"m/s","definition":"ucum:m/s"}""";
        return Id(await _city.CreateAsync("MultiDatastreams", $$$"""
            {"name":"Wind","description":"Wie stark?","observationType":"http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_ComplexObservation",
             "multiObservationDataTypes":["{{{Measurement}}}","{{{Measurement}}}","{{{Measurement}}}"],"unitOfMeasurements":[{{{Unit}}},{{{Unit}}},{{{Unit}}}],
             "properties":{"registry":{"class":"public"} },"Thing":{"name":"Windmast","description":"Am Markt","properties":{"district":"mitte"} },
             "Sensor":{"name":"Windmesser","description":"","encodingType":"text/html","metadata":"w"},
             "ObservedProperties":[{"name":"Speed","definition":"s","description":""},{"name":"Gust","definition":"g","description":""},{"name":"Lull","definition":"l","description":""}]}
            """));
    }

    private static long Id(string path) => long.Parse(path[(path.LastIndexOf('(') + 1)..^1], System.Globalization.CultureInfo.InvariantCulture);

    private async Task<List<LedgerEntry>> EntriesAsync()
    {
        var reader = _city.Silo.Services.GetRequiredService<ILedgerReader>();
        var found = new List<LedgerEntry>();
        for (long? from = 0; from is { } at;)
        {
            var page = await reader.RangeAsync(StaCity.City, at, 1_000);
            found.AddRange(page.Entries.Select(e => e.Entry).Where(e => e.Kind == LedgerEntryKind.Correction));
            from = page.Next;
        }

        return found;
    }

    private async Task<(HttpStatusCode Status, string Text)> TryDeleteAsync(string path, HttpClient? client = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, path);
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        using var answer = await (client ?? _city.Operator).SendAsync(request, Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Token));
    }

    private async Task<string> DeleteAsync(string path, int status, HttpClient? client = null, string? ifMatch = null)
    {
        var (answered, text) = await TryDeleteAsync(path, client, ifMatch);
        Assert.True((int)answered == status, $"DELETE {path}: {(int)answered} {text}");
        return status < 400 ? text : (string)JsonNode.Parse(text)!["detail"]!;
    }
}
