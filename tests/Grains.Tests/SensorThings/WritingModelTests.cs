using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Quartier.Contracts.SensorThings;

namespace Grains.Tests.SensorThings;

/// <summary>Random sequences of creating, changing and deleting over the API leave what a deliberately simple model holds.</summary>
public sealed class WritingModelTests
{
    private const int Steps = 90;
    private const string Point = "\"encodingType\":\"application/geo+json\",\"{0}\":{{\"type\":\"Point\",\"coordinates\":[7.63,51.96]}}";
    private static readonly Navigation s_feature = EntityTypes.Of(EntityKind.Observation).Navigation("FeatureOfInterest")!;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(20261128)]
    public async Task What_random_changes_leave_is_what_the_model_holds(int seed)
    {
        await using var silo = await WritingSilo.StartAsync();
        var run = new Run(silo, new Random(seed), $"seed {seed}");
        await run.RememberAsync();
        for (var step = 0; step < Steps; step++)
        {
            await run.StepAsync(step);
            if (step % 10 == 9)
            {
                await run.CompareAsync(step);
            }
        }

        Assert.True(run.Done.Count >= 14, $"only these were done: {string.Join(", ", run.Done)}");
    }

    private sealed class Run(WritingSilo silo, Random random, string name)
    {
        private readonly WrittenModel _model = new();
        private readonly HashSet<string> _before = [];
        private readonly long _startMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - 3_600_000;

        public HashSet<string> Done { get; } = [];

        /// <summary>What the city's file has made is there already.</summary>
        public async Task RememberAsync() => _before.UnionWith(await FoundAsync());

        public async Task CompareAsync(int step)
        {
            var found = (await FoundAsync()).Where(l => !_before.Contains(l));
            Assert.True(_model.Lines().SequenceEqual(found), $"{name}, step {step}: expected\n{string.Join('\n', _model.Lines())}\nfound\n{string.Join('\n', found)}");
            foreach (var (id, feature) in _model.Of("Datastreams").SelectMany(s => s.Features))
            {
                var query = new EntityQuery(ResourcePath.Along(id, s_feature), QueryOptions.None, 0, EntitySight.Entities, QueryLimits.Default);
                var told = (await silo.Entities.FindAsync(query, TestContext.Current.CancellationToken)).Value!.Entities.Single();
                Assert.True(feature == told.Values[1].Text, $"{name}, step {step}: Observations({id}) tells of {told.Values[1].Text} and not of {feature}");
            }

            foreach (var (id, sent) in _model.Of("Datastreams").SelectMany(s => s.Remarks))
            {
                Assert.True(ObservationId.TryRead(id, out var number, out var timeMs));
                var stored = await silo.Readings.AnnotationsAsync(number, timeMs, timeMs + 1, TestContext.Current.CancellationToken);
                var greatest = sent.OrderBy(r => r.HasQuality).ThenBy(r => r.Parameter).Select(r => $"{r}").LastOrDefault();
                var beside = stored.Select(s => $"{(s.Content.ResultQuality is not null, int.Parse(s.Content.Parameters![5..^1], CultureInfo.InvariantCulture))}").SingleOrDefault();
                Assert.True(greatest == beside, $"{name}, step {step}: beside Observations({id}) is {beside}, and not {greatest}");
                Assert.True(stored.Count == 0 || stored[0].IsContradicted == sent.Count > 1, $"{name}, step {step}: Observations({id}) of {sent.Count}");
            }
        }

        public async Task StepAsync(int step)
        {
            switch (random.Next(step < 12 ? 6 : 18))
            {
                case 0 or 1:
                    await ThingAsync();
                    break;
                case 2:
                    await AloneAsync(Pick(["Sensors", "ObservedProperties", "Locations", "FeaturesOfInterest"])!);
                    break;
                case 3 or 4 when Some("Things") is { } thing:
                    await StreamAsync(thing);
                    break;
                case 5 when Some("Things") is { } thing:
                    await MoveAsync(thing);
                    break;
                case 6 or 7 when Some() is { } changed:
                    await ChangeAsync(changed);
                    break;
                case 8 when Some() is { } gone:
                    await RemoveAsync(gone);
                    break;
                case 9:
                    await WrongAsync();
                    break;
                case >= 10 when Some("Datastreams") is { } stream:
                    await ObserveAsync(stream);
                    break;
            }
        }

        private async Task ThingAsync()
        {
            Done.Add("deep insert");
            var thing = _model.New("Things");
            var location = random.Next(3) == 0 ? null : random.Next(2) == 0 ? Some("Locations") : null;
            List<WrittenEntity> made = [];
            var locations = random.Next(4) == 0 ? [] : new List<WrittenEntity> { location ?? New(made, "Locations") };
            var streams = Enumerable.Range(0, random.Next(3)).Select(_ => Stream(made, thing)).ToList();
            var inner = $",\"Locations\":[{string.Join(',', await ReferAsync(locations, made))}],\"Datastreams\":[{string.Join(',', await BodiesAsync(streams, made, ""))}]";
            await silo.CreateAsync("Things", $"{{{Base(thing)}{inner}}}");
            _model.All.AddRange([thing, .. made, .. streams]);
            WrittenModel.Place(thing, locations);
        }

        private async Task AloneAsync(string set)
        {
            Done.Add($"create {set}");
            var made = _model.New(set);
            await silo.CreateAsync(set, $"{{{Base(made)},{Rest(set)}}}");
            _model.All.Add(made);
        }

        private async Task StreamAsync(WrittenEntity thing)
        {
            Done.Add("create Datastreams");
            List<WrittenEntity> made = [];
            var stream = Stream(made, thing);
            var isBelow = random.Next(2) == 0;
            var id = await IdAsync(thing);
            var bodies = await BodiesAsync([stream], made, isBelow ? "" : $",\"Thing\":{{\"@iot.id\":{id}}}");
            await silo.CreateAsync(isBelow ? $"Things({id})/Datastreams" : "Datastreams", bodies.Single());
            _model.All.AddRange([.. made, stream]);
        }

        private async Task MoveAsync(WrittenEntity thing)
        {
            var others = _model.Of("Locations").Except(thing.Locations).OrderBy(_ => random.Next()).Take(random.Next(1, 3)).ToList();
            if (others.Count == 0 || random.Next(2) == 0)
            {
                Done.Add("create Locations below");
                var location = _model.New("Locations");
                await silo.CreateAsync($"Things({await IdAsync(thing)})/Locations", $"{{{Base(location)},{Rest("Locations")}}}");
                _model.All.Add(location);
                others = [location];
            }
            else
            {
                Done.Add("move");
                await OkAsync(HttpMethod.Patch, thing, $"{{\"Locations\":[{string.Join(',', await ReferAsync(others, []))}]}}");
            }

            WrittenModel.Place(thing, others);
        }

        private async Task ChangeAsync(WrittenEntity entity)
        {
            var (text, number) = ($"d{random.Next(100)}", random.Next(100));
            var isRenamed = random.Next(3) == 0;
            var called = isRenamed ? _model.NextName() : entity.Name;
            switch (random.Next(3))
            {
                case 0:
                    Done.Add("PATCH");
                    await OkAsync(HttpMethod.Patch, entity, $"{{\"name\":\"{called}\",\"description\":\"{text}\"}}");
                    break;
                case 1 when entity.Set is not "Datastreams":
                    Done.Add("PUT");
                    await OkAsync(HttpMethod.Put, entity, $"{{\"name\":\"{called}\",\"description\":\"{text}\"{(Rest(entity.Set).Length > 0 ? "," + Rest(entity.Set) : "")}}}");
                    entity.Property = null;
                    break;
                default:
                    Done.Add("JSON Patch");
                    await OkAsync(
                        HttpMethod.Patch,
                        entity,
                        $"[{{\"op\":\"replace\",\"path\":\"/name\",\"value\":\"{called}\"}},{{\"op\":\"test\",\"path\":\"/description\",\"value\":\"{entity.Description}\"}},{{\"op\":\"replace\",\"path\":\"/description\",\"value\":\"{text}\"}},{{\"op\":\"add\",\"path\":\"/properties\",\"value\":{{\"a\":{number}}}}}]",
                        "application/json-patch+json");
                    entity.Property = number;
                    break;
            }

            _model.Rename(entity, called);
            entity.Description = text;
        }

        private async Task RemoveAsync(WrittenEntity gone)
        {
            if (gone.Set is "FeaturesOfInterest" && _model.Of("Datastreams").Exists(s => s.Features.ContainsValue(gone.Name)))
            {
                Done.Add("refused DELETE");
                await silo.RefusedAsync(HttpMethod.Delete, $"{gone.Set}({await IdAsync(gone)})", null, 403); // nobody reads, and so withdraws, what is in quarantine
                return;
            }

            Done.Add($"DELETE {gone.Set}");
            await OkAsync(HttpMethod.Delete, gone, null);
            _model.Remove(gone);
        }

        private async Task WrongAsync()
        {
            Done.Add("refused");
            var (method, path, body, status) = random.Next(5) switch
            {
                0 => (HttpMethod.Post, "Things", $"{{\"name\":\"x\",\"description\":\"d\",\"Locations\":[{{\"@iot.id\":9999}}]}}", 400),
                1 => (HttpMethod.Post, "Things", $"{{\"name\":\"x\",\"description\":\"d\",\"Locations\":[{Bodies.Location}],\"Datastreams\":[{Bodies.Datastream(sensor: "{\"@iot.id\":9999}")}]}}", 400),
                2 => (HttpMethod.Patch, "Sensors(9999)", "{\"name\":\"x\"}", 404),
                3 => (HttpMethod.Delete, "Datastreams(9999)", null, 404),
                _ => (HttpMethod.Post, "Datastreams(9999)/Observations", "{\"result\":1}", 404),
            };
            await silo.RefusedAsync(method, path, body, status);
        }

        private async Task ObserveAsync(WrittenEntity stream)
        {
            // Milliseconds beside each other, in no order: each Observation keeps the feature that it was given.
            var at = DateTimeOffset.FromUnixTimeMilliseconds(_startMs + random.Next(30)).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
            var named = random.Next(2) == 0 ? Some("FeaturesOfInterest") : null;
            var more = named is null ? string.Empty : $",\"FeatureOfInterest\":{{\"@iot.id\":{await IdAsync(named)}}}";
            var remark = random.Next(2) == 0 ? ((bool HasQuality, int Parameter)?)null : (random.Next(3) == 0, random.Next(5));
            more += remark is { } said ? $",\"parameters\":{{ \"n\": {said.Parameter} }}{(said.HasQuality ? ",\"resultQuality\":\"ok\"" : "")}" : string.Empty;
            var path = $"Datastreams({await IdAsync(stream)})/Observations";
            var body = $"{{\"phenomenonTime\":\"{at}\",\"result\":1{more}}}";
            var place = await silo.Client.GetStringAsync($"v1.1/Datastreams({await IdAsync(stream)})/Thing/Locations?$top=1&$select=name", TestContext.Current.CancellationToken);
            if (named is null && stream.Thing!.Locations.Count == 0)
            {
                Done.Add("refused Observations");
                await silo.RefusedAsync(HttpMethod.Post, path, body, 400);
                return;
            }

            Done.Add(named is null ? "Observations" : "Observations of a feature");
            var made = await silo.CreateAsync(path, body);
            var id = long.Parse(made["Observations(".Length..^1], CultureInfo.InvariantCulture);
            stream.Features[id] = named?.Name ?? (string)JsonNode.Parse(place)!["value"]![0]!["name"]!;
            if (remark is { } kept)
            {
                Done.Add("parameters");
                (stream.Remarks.TryGetValue(id, out var sent) ? sent : stream.Remarks[id] = []).Add(kept);
            }
        }

        private WrittenEntity? Some(string? set = null)
        {
            var all = set is null ? _model.All : _model.Of(set);
            return all.Count == 0 ? null : all[random.Next(all.Count)];
        }

        private T? Pick<T>(T[] all) => all[random.Next(all.Length)];

        private WrittenEntity New(List<WrittenEntity> made, string set)
        {
            made.Add(_model.New(set));
            return made[^1];
        }

        private WrittenEntity Stream(List<WrittenEntity> made, WrittenEntity thing)
        {
            var stream = _model.New("Datastreams");
            stream.Thing = thing;
            stream.Sensor = (random.Next(2) == 0 ? Some("Sensors") : null) ?? New(made, "Sensors");
            stream.ObservedProperty = (random.Next(2) == 0 ? Some("ObservedProperties") : null) ?? New(made, "ObservedProperties");
            return stream;
        }

        // A new one stands in the body; one that exists is named by its id.
        private async Task<string[]> ReferAsync(List<WrittenEntity> entities, List<WrittenEntity> made)
        {
            var bodies = new List<string>();
            foreach (var entity in entities)
            {
                bodies.Add(made.Contains(entity) ? $"{{{Base(entity)},{Rest(entity.Set)}}}" : $"{{\"@iot.id\":{await IdAsync(entity)}}}");
            }

            return [.. bodies];
        }

        private async Task<string[]> BodiesAsync(List<WrittenEntity> streams, List<WrittenEntity> made, string more)
        {
            var bodies = new List<string>();
            foreach (var stream in streams)
            {
                var parts = await ReferAsync([stream.Sensor!, stream.ObservedProperty!], made);
                bodies.Add($"{{{Base(stream)},\"observationType\":\"{Bodies.Measurement}\",\"unitOfMeasurement\":{{\"name\":\"degree Celsius\",\"symbol\":\"°C\",\"definition\":\"ucum:Cel\"}},\"Sensor\":{parts[0]},\"ObservedProperty\":{parts[1]}{more}}}");
            }

            return [.. bodies];
        }

        private static string Base(WrittenEntity e) => $"\"name\":\"{e.Name}\",\"description\":\"{e.Description}\"";

        private static string Rest(string set) => set switch
        {
            "Sensors" => "\"encodingType\":\"text/html\",\"metadata\":\"m\"",
            "ObservedProperties" => "\"definition\":\"https://example.org/p\"",
            "Locations" => string.Format(CultureInfo.InvariantCulture, Point, "location"),
            "FeaturesOfInterest" => string.Format(CultureInfo.InvariantCulture, Point, "feature"),
            _ => string.Empty,
        };

        private async Task OkAsync(HttpMethod method, WrittenEntity entity, string? body, string type = "application/json")
        {
            var (status, text, _) = await silo.SendAsync(method, $"{entity.Set}({await IdAsync(entity)})", body, type);
            Assert.True(status == HttpStatusCode.OK, $"{name}: {method} {entity.Set} {entity.Name} {body}: {(int)status} {text}");
        }

        private async Task<long> IdAsync(WrittenEntity entity)
        {
            var found = JsonNode.Parse(await silo.Client.GetStringAsync($"v1.1/{entity.Set}?$filter=name eq '{entity.Name}'&$orderby=id&$select=id", TestContext.Current.CancellationToken))!["value"]!.AsArray();
            Assert.True(found.Count > 0, $"{name}: {entity.Set} {entity.Name} is not there");
            return (long)found[0]!["@iot.id"]!;
        }

        private async Task<List<string>> FoundAsync()
        {
            var lines = new List<string>();
            foreach (var (set, e) in await ReadAsync())
            {
                var text = $"{set} {(string)e["name"]!} '{(string)e["description"]!}' {e["properties"]?["a"]}";
                lines.Add(set switch
                {
                    "Things" => $"{text} at [{Names(e["Locations"]!)}] was {string.Join(';', e["HistoricalLocations"]!.AsArray().Select(h => Names(h!["Locations"]!)).Order(StringComparer.Ordinal))}",
                    "Datastreams" => $"{text} of {(string)e["Thing"]!["name"]!} by {(string)e["Sensor"]!["name"]!} of {(string)e["ObservedProperty"]!["name"]!}",
                    _ => text,
                });
            }

            return [.. lines.Order(StringComparer.Ordinal)];
        }

        // Features that follow from Locations are not written by anybody.
        private async Task<List<(string Set, JsonNode Entity)>> ReadAsync()
        {
            var read = new List<(string Set, JsonNode Entity)>();
            foreach (var set in new[] { "Things", "Locations", "Sensors", "ObservedProperties", "Datastreams", "FeaturesOfInterest" })
            {
                var expand = set switch
                {
                    "Things" => "&$expand=Locations,HistoricalLocations($expand=Locations)",
                    "Datastreams" => "&$expand=Thing,Sensor,ObservedProperty",
                    _ => string.Empty,
                };
                var page = JsonNode.Parse(await silo.Client.GetStringAsync($"v1.1/{set}?$top=1000{expand}", TestContext.Current.CancellationToken))!;
                Assert.Null(page["@iot.nextLink"]);
                var written = page["value"]!.AsArray().Where(e => set != "FeaturesOfInterest" || _model.Of(set).Exists(f => f.Name == (string)e!["name"]!));
                read.AddRange(written.Select(e => (set, e!)));
            }

            return read;
        }

        private static string Names(JsonNode entities) => string.Join(',', entities.AsArray().Select(e => (string)e!["name"]!).Order(StringComparer.Ordinal));
    }
}
