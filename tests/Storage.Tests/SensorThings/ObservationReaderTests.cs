using System.Collections.Immutable;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Readings;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;

namespace Quartier.Storage.Tests.SensorThings;

/// <summary>Observations: paths, filters, orders, pages, windows, limits; against a plain list.</summary>
public sealed class ObservationReaderTests : IAsyncLifetime
{
    private const long StartMs = 1_780_000_000_000;
    private readonly TemporaryDirectory _directory = new();
    private readonly EmbeddedStore _store;
    private readonly List<(long Id, int Number, long TimeMs, double Value)> _all = [];

    public ObservationReaderTests() => _store = EmbeddedStore.Open(_directory.Path, new StoreOptions { BlockReadings = 16 });

    public async ValueTask InitializeAsync() => await Fill();

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("Datastreams(1)/Observations", "")]
    [InlineData("Datastreams(1)/Observations", "$orderby=phenomenonTime desc")]
    [InlineData("Observations", "$filter=result gt 5 and result lt 12")]
    [InlineData("Observations", "$orderby=phenomenonTime desc&$filter=result mod 2 eq 0")]
    [InlineData("Observations", "$orderby=phenomenonTime")]
    [InlineData("Observations", "$orderby=result desc,phenomenonTime")]
    [InlineData("Observations", "$orderby=Datastream/name desc,result")]
    [InlineData("Observations", "$filter=Datastream/name eq 'rain'")]
    [InlineData("Observations", "$filter=Datastream/name eq 'rain' or result gt 15")]
    [InlineData("Observations", "$filter=result gt Datastream/properties/limit")]
    [InlineData("Observations", "$filter=Datastream/Thing/Locations/name eq 'square' and result ge 3")]
    [InlineData("Observations", "$filter=FeatureOfInterest/name eq 'here'")]
    [InlineData("Observations", "$filter=FeatureOfInterest/name eq 'there' and Datastream/name eq 'water' and result gt 9")]
    [InlineData("Datastreams(1)/Observations", "$filter=not (FeatureOfInterest/name eq 'here')")]
    [InlineData("Observations", "$filter=not (FeatureOfInterest/name eq 'here')")]
    [InlineData("Observations", "$filter=FeatureOfInterest/id eq 2 or result eq 4")]
    [InlineData("Observations", "$filter=FeatureOfInterest/name eq null")]
    [InlineData("Observations", "$filter=FeatureOfInterest/Observations/result ge 19")]
    [InlineData("Observations", "$filter=FeatureOfInterest/name eq concat(Datastream/Thing/Locations/name,'x') or FeatureOfInterest/name eq 'here'")]
    [InlineData("Observations", "$orderby=FeatureOfInterest/name desc,phenomenonTime&$filter=FeatureOfInterest/name ne null")]
    [InlineData("Things(1)/Datastreams(2)/Observations", "$filter=year(phenomenonTime) eq 2026 and result ne null")]
    [InlineData("FeaturesOfInterest(1)/Observations", "")]
    public async Task Pages_of_a_question_are_what_a_plain_list_gives(string path, string query)
    {
        var expected = Expected(path, query);
        var found = new List<long>();
        var parsed = Parse(path, query + "&$top=7&$count=true");
        var options = parsed.Options;
        while (true)
        {
            var page = (await Find(parsed with { Options = options })).Value!;
            Assert.Equal(expected.Count, page.Count);
            found.AddRange(page.Rows.Select(r => r.Id));
            if (page.Next is null)
            {
                break;
            }

            options = options with { After = PagePositionText.Read(PagePositionText.Write(page.Next), options.OrderBy.Length) };
        }

        Assert.NotEmpty(expected);
        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task A_filter_by_time_reads_only_that_time()
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(StartMs + 40 * 60_000).ToString("O");
        var page = (await Find(Parse("Datastreams(1)/Observations", $"$filter=phenomenonTime ge {Uri.EscapeDataString(at)} and phenomenonTime lt {Uri.EscapeDataString(at)} add duration'PT5M'"))).Value!;
        Assert.NotEmpty(page.Rows);
        var narrow = (await Find(Parse("Datastreams(1)/Observations", $"$filter=phenomenonTime eq {Uri.EscapeDataString(at)}"))).Value!;
        Assert.Equal(StartMs + 40 * 60_000, Assert.Single(narrow.Rows).StartMs);
        Assert.Equal(1, narrow.Examined);
    }

    [Fact]
    public async Task One_Observation_is_found_by_its_id_and_no_other()
    {
        var one = _all[17];
        var row = Assert.Single((await Find(Parse($"Observations({one.Id})", ""))).Value!.Rows);
        Assert.Equal((one.Id, one.TimeMs, one.Value), (row.Id, row.StartMs, row.Value));
        Assert.Empty((await Find(Parse($"Observations({one.Id + 2})", ""))).Value!.Rows);
        Assert.Empty((await Find(Parse("Observations(-1)", ""))).Value!.Rows);
        Assert.Single((await Find(Parse($"Observations?$filter=id eq {one.Id}".Split('?')[0], $"$filter=id eq {one.Id}"))).Value!.Rows);
    }

    [Fact]
    public async Task Windows_are_whole_and_readings_are_never_shown_instead()
    {
        var access = new Access(s => ObservationSight.All(s) with { Window = Resolution.Hour, TimeZone = "Europe/Berlin", ToMs = StartMs + 3_600_000 });
        var page = (await Find(Parse("Datastreams(1)/Observations", "$orderby=phenomenonTime desc"), access)).Value!;
        Assert.NotEmpty(page.Rows);
        foreach (var row in page.Rows)
        {
            Assert.Equal(3_600_000, row.EndMs - row.StartMs);
            Assert.Equal(0, row.StartMs % 3_600_000);
            Assert.True(row.EndMs <= StartMs + 3_600_000);
            var inside = _all.Where(o => o.Number == 1 && o.TimeMs >= row.StartMs && o.TimeMs < row.EndMs).ToList();
            Assert.Equal(inside.Average(o => o.Value), row.Value, 9);
        }

        var day = new Access(s => ObservationSight.All(s) with { Window = Resolution.Day, TimeZone = "Europe/Berlin" });
        var days = (await Find(Parse("Datastreams(1)/Observations", ""), day)).Value!;
        Assert.All(days.Rows, r => Assert.Equal(22, DateTimeOffset.FromUnixTimeMilliseconds(r.StartMs).Hour));
        Assert.NotEmpty(days.Rows);
    }

    [Fact]
    public async Task What_is_withheld_gives_no_row_and_a_row_limit_shortens_the_page()
    {
        var access = new Access(s => s.Id == 1 ? ObservationSight.None(s, "not yours") : ObservationSight.All(s) with { RowLimit = 3 });
        var page = (await Find(Parse("Observations", "$count=true"), access)).Value!;
        Assert.Equal(3, page.Rows.Length);
        Assert.NotNull(page.Next);
        Assert.Equal("not yours", Assert.Single(page.Sources, s => s.Withheld is not null).Withheld);
        Assert.DoesNotContain(page.Rows, r => page.Sources[r.Source].Source.Id == 1);
        Assert.Empty((await _store.Observations.FindAsync(Query(Parse("Observations", ""), null), TestContext.Current.CancellationToken)).Value!.Rows);
    }

    [Fact]
    public async Task A_limit_is_named_when_it_is_exceeded()
    {
        var query = Query(Parse("Observations", "$filter=result eq 9999"), new Access(ObservationSight.All)) with { Limits = QueryLimits.Default with { RowsExamined = 10 } };
        var problem = (await _store.Observations.FindAsync(query, TestContext.Current.CancellationToken)).Problem!;
        Assert.Equal((QueryProblemKind.LimitExceeded, "rows examined"), (problem.Kind, problem.Limit));
        query = query with { Limits = QueryLimits.Default with { Sources = 1 } };
        Assert.Equal("sources", (await _store.Observations.FindAsync(query, TestContext.Current.CancellationToken)).Problem!.Limit);
        Assert.Equal(QueryProblemKind.NotFound, (await Find(Parse("Datastreams(99)/Observations", ""))).Problem!.Kind);
    }

    [Fact]
    public async Task The_last_Observation_of_each_of_many_Datastreams_is_one_call()
    {
        var parents = (await _store.Entities.GetAsync(EntityKind.Datastream, [1, 2], TestContext.Current.CancellationToken)).OrderBy(e => e.Id).ToImmutableArray();
        var options = Parse("Observations", "$orderby=phenomenonTime desc&$top=1").Options;
        var access = new Access(ObservationSight.All);
        var pages = (await _store.Observations.RelatedAsync(
            new RelatedObservations(parents, options, StartMs, EntitySight.Entities with { Observations = access }, QueryLimits.Default), TestContext.Current.CancellationToken)).Value!.Pages;
        Assert.Equal(2, pages.Length);
        Assert.Equal(1, access.Calls);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(_all.Where(o => o.Number == i + 1).MaxBy(o => o.TimeMs).Id, Assert.Single(pages[i].Rows).Id);
        }

        var extents = await _store.Observations.ExtentsAsync([.. pages.Select(p => p.Sources[0])], QueryLimits.Default, TestContext.Current.CancellationToken);
        Assert.Equal(_all.Where(o => o.Number == 1).Max(o => o.TimeMs), extents.Value!.All[0].Phenomenon.End);
    }

    private static ParsedQuery Parse(string path, string query)
    {
        var outcome = QueryUrl.Read(path, query, QueryLimits.Default);
        Assert.True(outcome.Problem is null, outcome.Problem?.Text);
        return outcome.Value!;
    }

    private static ObservationQuery Query(ParsedQuery parsed, IObservationAccess? access) =>
        new(parsed.Path, parsed.Options, StartMs, EntitySight.Entities with { Observations = access }, QueryLimits.Default);

    private ValueTask<QueryOutcome<ObservationPage>> Find(ParsedQuery parsed, IObservationAccess? access = null) =>
        _store.Observations.FindAsync(Query(parsed, access ?? new Access(ObservationSight.All)), TestContext.Current.CancellationToken);

    private List<long> Expected(string path, string query)
    {
        var rows = _all.AsEnumerable();
        rows = path switch { "Datastreams(1)/Observations" => rows.Where(o => o.Number == 1), "Things(1)/Datastreams(2)/Observations" => rows.Where(o => o.Number == 2), _ => rows };
        rows = path.StartsWith("Features", StringComparison.Ordinal) ? rows.Where(o => o.Number == 1 && o.TimeMs < StartMs + 600_000) : rows;
        rows = (query.Split("$filter=") is [_, var filter] ? filter : string.Empty) switch
        {
            "" => rows,
            "result gt 5 and result lt 12" => rows.Where(o => o.Value is > 5 and < 12),
            "result mod 2 eq 0" => rows.Where(o => o.Value % 2 == 0),
            "Datastream/name eq 'rain'" => rows.Where(o => o.Number == 2),
            "Datastream/name eq 'rain' or result gt 15" => rows.Where(o => o.Number == 2 || o.Value > 15),
            "result gt Datastream/properties/limit" => rows.Where(o => o.Value > (o.Number == 1 ? 12 : 3)),
            "Datastream/Thing/Locations/name eq 'square' and result ge 3" => rows.Where(o => o.Value >= 3),
            "year(phenomenonTime) eq 2026 and result ne null" => rows,
            "FeatureOfInterest/name eq 'here'" => rows.Where(o => Feature(o.Number, o.TimeMs) == 1),
            "FeatureOfInterest/name eq 'there' and Datastream/name eq 'water' and result gt 9" => rows.Where(o => Feature(o.Number, o.TimeMs) == 2 && o.Value > 9),
            "not (FeatureOfInterest/name eq 'here')" => rows.Where(o => Feature(o.Number, o.TimeMs) != 1),
            "FeatureOfInterest/id eq 2 or result eq 4" => rows.Where(o => Feature(o.Number, o.TimeMs) == 2 || o.Value == 4),
            "FeatureOfInterest/name eq null" => rows.Where(o => Feature(o.Number, o.TimeMs) is null),
            "FeatureOfInterest/Observations/result ge 19" => rows.Where(o => Feature(o.Number, o.TimeMs) is { } f && _all.Exists(a => Feature(a.Number, a.TimeMs) == f && a.Value >= 19)),
            "FeatureOfInterest/name eq concat(Datastream/Thing/Locations/name,'x') or FeatureOfInterest/name eq 'here'" => rows.Where(o => Feature(o.Number, o.TimeMs) == 1),
            "FeatureOfInterest/name ne null" => rows.Where(o => Feature(o.Number, o.TimeMs) is not null),
            _ => throw new ArgumentOutOfRangeException(nameof(query), query, "No expectation."),
        };
        return [.. (query.Split('&')[0] switch
        {
            "$orderby=FeatureOfInterest/name desc,phenomenonTime" => rows.OrderByDescending(o => Feature(o.Number, o.TimeMs)).ThenBy(o => o.TimeMs).ThenBy(o => o.Id),
            "$orderby=phenomenonTime desc" => rows.OrderByDescending(o => o.TimeMs).ThenBy(o => o.Id),
            "$orderby=phenomenonTime" => rows.OrderBy(o => o.TimeMs).ThenBy(o => o.Id),
            "$orderby=result desc,phenomenonTime" => rows.OrderByDescending(o => o.Value).ThenBy(o => o.TimeMs).ThenBy(o => o.Id),
            "$orderby=Datastream/name desc,result" => rows.OrderBy(o => o.Number).ThenBy(o => o.Value).ThenBy(o => o.Id),
            _ => rows.OrderBy(o => o.Number).ThenBy(o => o.TimeMs),
        }).Select(o => o.Id)];
    }

    private static long? Feature(int number, long timeMs) => number != 1 ? null : timeMs < StartMs + 600_000 ? 1 : 2;

    private async Task Fill()
    {
        var random = new Random(7);
        var tickets = 0L;
        for (var number = 1; number <= 2; number++)
        {
            Assert.Equal(number, _store.Readings.Register(new DatastreamKey("muenster/g/s", $"p{number}"), TimeSpan.FromDays(3_000)));
            var readings = Enumerable.Range(0, 150).Select(i => new Reading(StartMs + i * 60_000 + (i % 10 == 3 ? number : 0), random.Next(0, 20), Quality.Good)).ToArray();
            tickets = _store.Readings.Append(number, readings, new AppendOutcome[readings.Length]);
            _all.AddRange(readings.Select(r => (ObservationId.Of(number, r.TimeMs)!.Value, number, r.TimeMs, r.Value)));
        }

        await _store.Readings.WhenDurable(tickets);
        await _store.SealAsync(TestContext.Current.CancellationToken);
        var later = new Reading[] { new(StartMs + 200 * 60_000, 4, Quality.Good), new(StartMs + 201 * 60_000, 17, Quality.Good) };
        _ = _store.Readings.Append(1, later, new AppendOutcome[2]);
        _all.AddRange(later.Select(r => (ObservationId.Of(1, r.TimeMs)!.Value, 1, r.TimeMs, r.Value)));
        var outcome = await _store.Entities.ChangeAsync(Changes(), StartMs, TestContext.Current.CancellationToken);
        Assert.Null(outcome.Refusal);
    }

    private static ImmutableArray<EntityChange> Changes()
    {
        var owner = new EntityOwner("muenster", "altstadt", null);
        var datastream = EntityTypes.Of(EntityKind.Datastream);
        EntityChange Datastream(long id, string name, int limit) => new EntityChange.Insert(
            EntityKind.Datastream, id, owner,
            [new(datastream.Property("name")!, EntityValue.Of(name)), new(datastream.Property("properties")!, EntityValue.Json($"{{\"limit\":{limit}}}"))],
            [new(datastream.Navigation("Thing")!, 1), new(datastream.Navigation("Sensor")!, 1), new(datastream.Navigation("ObservedProperty")!, 1)],
            [(int)id]);
        return
        [
            new EntityChange.Insert(EntityKind.Location, 1, owner, [new(EntityTypes.Of(EntityKind.Location).Property("name")!, EntityValue.Of("square"))], [], []),
            new EntityChange.Insert(EntityKind.Thing, 1, owner, [], [new(EntityTypes.Of(EntityKind.Thing).Navigation("Locations")!, 1)], []),
            new EntityChange.Insert(EntityKind.Sensor, 1, owner, [], [], []),
            new EntityChange.Insert(EntityKind.ObservedProperty, 1, owner, [], [], []),
            new EntityChange.Insert(EntityKind.FeatureOfInterest, 1, owner, [new(EntityTypes.Of(EntityKind.FeatureOfInterest).Property("name")!, EntityValue.Of("here"))], [], []),
            new EntityChange.Insert(EntityKind.FeatureOfInterest, 2, owner, [new(EntityTypes.Of(EntityKind.FeatureOfInterest).Property("name")!, EntityValue.Of("there"))], [], []),
            Datastream(1, "water", 12),
            Datastream(2, "rain", 3),
            new EntityChange.Observe(EntityKind.Datastream, 1, StartMs, 1),
            new EntityChange.Observe(EntityKind.Datastream, 1, StartMs + 600_000, 2),
        ];
    }

    private sealed class Access(Func<ObservationSource, ObservationSight> decide) : IObservationAccess
    {
        public int Calls { get; private set; }

        public ValueTask<ImmutableArray<ObservationSight>> DecideAsync(ImmutableArray<ObservationSource> sources, CancellationToken cancellationToken)
        {
            Calls++;
            return new([.. sources.Select(decide)]);
        }

        public ValueTask<ImmutableArray<ObservationSight>> DecideQuietlyAsync(ImmutableArray<ObservationSource> sources, CancellationToken cancellationToken) =>
            new([.. sources.Select(decide)]);
    }
}
