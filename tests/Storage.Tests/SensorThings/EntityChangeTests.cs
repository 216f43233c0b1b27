using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.Tests.SensorThings;

/// <summary>Changes, their cascades and refusals; projection; expands; what is hidden stays hidden.</summary>
public sealed class EntityChangeTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly EmbeddedStore _store;

    public EntityChangeTests() => _store = EmbeddedStore.Open(_directory.Path);

    public void Dispose()
    {
        _store.Dispose();
        _directory.Dispose();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ids_are_handed_out_once_and_outlive_the_process()
    {
        Assert.Equal(1, await _store.Entities.TakeIdsAsync(EntityKind.Thing, 3, Cancel));
        Assert.Equal(4, await _store.Entities.TakeIdsAsync(EntityKind.Thing, 1, Cancel));
        Assert.Equal(1, await _store.Entities.TakeIdsAsync(EntityKind.Sensor, 1, Cancel));
        _store.Dispose();
        using var again = EmbeddedStore.Open(_directory.Path);
        Assert.Equal(5, await again.Entities.TakeIdsAsync(EntityKind.Thing, 1, Cancel));
    }

    [Fact]
    public async Task A_deleted_Thing_takes_its_Datastreams_and_history_with_it_and_names_the_readings()
    {
        await Fill();
        var outcome = await _store.Entities.ChangeAsync([new EntityChange.Delete(EntityKind.Thing, 1, null)], 5, Cancel);
        Assert.Null(outcome.Refusal);
        Assert.Equal(
            [(EntityKind.Datastream, 1L), (EntityKind.MultiDatastream, 1L), (EntityKind.HistoricalLocation, 1L), (EntityKind.Thing, 1L)],
            outcome.Consequences.Select(c => (c.Kind, c.Id)));
        Assert.Equal([11], outcome.Consequences[0].Numbers);
        Assert.Equal([12, 13], outcome.Consequences[1].Numbers);
        Assert.Single(await _store.Entities.GetAsync(EntityKind.Location, [1], Cancel));
    }

    [Fact]
    public async Task A_Thing_that_moves_leaves_a_HistoricalLocation()
    {
        await Fill();
        var locations = EntityTypes.Of(EntityKind.Thing).Navigation("Locations")!;
        var outcome = await _store.Entities.ChangeAsync(
            [
                Insert(EntityKind.Location, 2, []),
                new EntityChange.Update(EntityKind.Thing, 1, 1, [], [new(locations, 2)]),
            ],
            9_000,
            Cancel);
        Assert.Null(outcome.Refusal);
        var history = await Find("Things(1)/HistoricalLocations", "$orderby=time desc");
        Assert.Equal([9_000L, 5L], history.Entities.Select(e => e.Values[1].Start));
        Assert.Equal(2, Assert.Single((await Find("Things(1)/Locations", "")).Entities).Id);
        Assert.Equal(1, Assert.Single((await Find($"HistoricalLocations({history.Entities[1].Id})/Locations", "")).Entities).Id);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Spans_of_a_feature_are_those_in_which_each_time_tells_of_it(int seed)
    {
        await Fill();
        var random = new Random(seed);
        ImmutableArray<EntityChange> features = [.. Enumerable.Range(1, 3).Select(f => Insert(EntityKind.FeatureOfInterest, f, []))];
        ImmutableArray<EntityChange> told =
        [
            .. Enumerable.Range(0, 12).Select(_ => new EntityChange.Observe(
                random.Next(2) == 0 ? EntityKind.Datastream : EntityKind.MultiDatastream, 1, random.Next(3) == 0 ? long.MinValue : random.Next(20), random.Next(1, 4))),
        ];
        Assert.Null((await _store.Entities.ChangeAsync([.. features, .. told], 5, Cancel)).Refusal);
        foreach (var feature in (long[])[1, 2, 3])
        {
            var spans = await _store.Entities.ObservedSpansAsync(feature, 100, Cancel);
            Assert.All(spans, s => Assert.Equal(s.Source.Kind == EntityKind.Datastream ? [11] : [12, 13], s.Source.Numbers));
            Assert.Equal(spans.Take(1), await _store.Entities.ObservedSpansAsync(feature, 1, Cancel), (a, b) => (a.Source.Kind, a.FromMs, a.ToMs) == (b.Source.Kind, b.FromMs, b.ToMs));
            foreach (var (kind, timeMs) in from k in (EntityKind[])[EntityKind.Datastream, EntityKind.MultiDatastream] from t in Enumerable.Range(-2, 25) select (k, (long)t))
            {
                // The last change of a time holds; before the first one the first.
                var steps = told.Cast<EntityChange.Observe>().Where(o => o.Kind == kind).GroupBy(o => o.FromMs).Select(g => g.Last()).OrderBy(o => o.FromMs).ToList();
                var expected = (steps.LastOrDefault(o => o.FromMs <= timeMs) ?? steps.FirstOrDefault())?.Feature == feature;
                Assert.True(expected == spans.Any(s => s.Source.Kind == kind && s.FromMs <= timeMs && timeMs < s.ToMs), $"seed {seed}: feature {feature}, {kind} at {timeMs}");
            }
        }
    }

    [Fact]
    public async Task A_list_with_a_change_that_is_refused_changes_nothing()
    {
        await Fill();
        var name = EntityTypes.Of(EntityKind.Thing).Property("name")!;
        var change = new EntityChange.Update(EntityKind.Thing, 1, null, [new(name, EntityValue.Of("new"))], []);
        (EntityChange Second, ChangeRefusalReason Reason)[] cases =
        [
            (new EntityChange.Delete(EntityKind.Thing, 9, null), ChangeRefusalReason.NotFound),
            (new EntityChange.Delete(EntityKind.Thing, 1, 7), ChangeRefusalReason.OtherVersion),
            (Insert(EntityKind.Thing, 1, []), ChangeRefusalReason.Taken),
            (Insert(EntityKind.Datastream, 5, []), ChangeRefusalReason.RelationRequired),
            (Insert(EntityKind.Thing, 6, [new(EntityTypes.Of(EntityKind.Thing).Navigation("Locations")!, 77)]), ChangeRefusalReason.TargetMissing),
        ];
        foreach (var (second, reason) in cases)
        {
            var outcome = await _store.Entities.ChangeAsync([change, second], 6, Cancel);
            Assert.Equal((reason, 1), (outcome.Refusal!.Reason, outcome.Refusal.Index));
            Assert.Equal("thing", (await _store.Entities.GetAsync(EntityKind.Thing, [1], Cancel))[0].Values[1].Text);
        }
    }

    [Fact]
    public async Task A_projection_writes_what_changed_and_keeps_what_the_API_changed()
    {
        ImmutableArray<RegisteredEntity> Registry(string name, bool withSecond) =>
        [
            Registered(EntityKind.Thing, "asset/a", name, []),
            .. withSecond ? [Registered(EntityKind.Thing, "asset/b", "second", [])] : ImmutableArray<RegisteredEntity>.Empty,
        ];
        await Project(Registry("first", true));
        var thing = (await _store.Entities.FindRegisteredAsync(EntityKind.Thing, "muenster", "asset/a", Cancel))!;
        var description = EntityTypes.Of(EntityKind.Thing).Property("description")!;
        var name = EntityTypes.Of(EntityKind.Thing).Property("name")!;
        await _store.Entities.ChangeAsync(
            [
                new EntityChange.Update(EntityKind.Thing, thing.Id, null, [new(description, EntityValue.Of("by the API")), new(name, EntityValue.Of("renamed"))], []),
                new EntityChange.Insert(EntityKind.Thing, 500, new EntityOwner("muenster", null, "asset/api"), [], [], []),
            ],
            7,
            Cancel);
        Assert.Empty(await Project(Registry("first", true)));
        Assert.Equal("renamed", (await _store.Entities.GetAsync(EntityKind.Thing, [thing.Id], Cancel))[0][name].Text);
        await Project(Registry("third", false));
        var after = (await _store.Entities.GetAsync(EntityKind.Thing, [thing.Id], Cancel))[0];
        Assert.Equal(("third", "by the API"), (after[name].Text, after[description].Text));
        Assert.Null(await _store.Entities.FindRegisteredAsync(EntityKind.Thing, "muenster", "asset/b", Cancel));
        Assert.NotNull(await _store.Entities.FindRegisteredAsync(EntityKind.Thing, "muenster", "asset/api", Cancel));
    }

    [Fact]
    public async Task Related_entities_of_many_parents_are_one_question_with_a_page_for_each()
    {
        await Fill();
        var relation = EntityTypes.Of(EntityKind.Thing).Navigation("Datastreams")!;
        var options = QueryOptions.None with { Top = 1, Count = true };
        var pages = (await _store.Entities.RelatedAsync(new RelatedQuery(relation, [1, 99], options, 5, EntitySight.Entities, QueryLimits.Default), Cancel)).Value!.Pages;
        Assert.Equal([1L, 0L], pages.Select(p => p.Count!.Value));
        Assert.Equal(1, Assert.Single(pages[0].Entities).Id);
        Assert.Equal([11], pages[0].Entities[0].Numbers);
        var components = EntityTypes.Of(EntityKind.MultiDatastream).Navigation("ObservedProperties")!;
        var properties = (await _store.Entities.RelatedAsync(new RelatedQuery(components, [1], QueryOptions.None, 5, EntitySight.Entities, QueryLimits.Default), Cancel)).Value!.Pages[0];
        Assert.Equal([2L, 1L], properties.Entities.Select(e => e.Id));
    }

    [Fact]
    public async Task A_hidden_position_cannot_be_found_out_by_asking_for_it()
    {
        await Fill();
        var hidden = new EntitySight([1], [], null);
        var near = "$filter=st_within(location, geography'POLYGON((0 0, 9 0, 9 9, 0 9, 0 0))')";
        Assert.Single((await Find("Locations", near)).Entities);
        Assert.Empty((await Find("Locations", near, hidden)).Entities);
        Assert.Empty((await Find("Locations", near.Replace("st_within(", "not st_within(", StringComparison.Ordinal), hidden)).Entities);
        Assert.Empty((await Find("Locations", "$filter=geo.distance(location, geography'POINT(1 1)') lt 5", hidden)).Entities);
        Assert.True((await Find("Locations", "", hidden)).Entities[0].Values[4].IsNull);
    }

    [Theory]
    [InlineData("id eq 1", " or id eq 1", 120)]
    [InlineData("id gt 0", " and Datastreams/id ge 0", 80)]
    [InlineData("id", " add 1", 240)]
    [InlineData("id", " mul -1 sub 1", 120)]
    [InlineData("concat('a',name) ne 'b'", " and not (name eq 'x')", 80)]
    public async Task The_largest_filter_that_is_read_is_also_answered(string first, string more, int times)
    {
        await Fill();
        var filter = first + string.Concat(Enumerable.Repeat(more, times)) + (first is "id" ? " ne null" : string.Empty);
        Assert.Single((await Find("Things", "$filter=" + filter)).Entities);
    }

    [Fact]
    public async Task A_question_that_takes_too_long_ends_and_names_the_limit()
    {
        await Fill();
        var query = new EntityQuery(
            ResourcePath.Set(EntityKind.Location), Parse("Locations", "$filter=name ne 'x'"), 5, EntitySight.Entities, QueryLimits.Default with { Time = TimeSpan.FromTicks(-1) });
        Assert.True((await _store.Entities.FindAsync(query, Cancel)).Problem is null or { Limit: "time" });
    }

    private static QueryOptions Parse(string path, string query)
    {
        var outcome = Domain.SensorThings.QueryUrl.Read(path, query, QueryLimits.Default);
        Assert.True(outcome.Problem is null, outcome.Problem?.Text);
        return outcome.Value!.Options;
    }

    private async Task<EntityPage> Find(string path, string query, EntitySight? sight = null)
    {
        var parsed = Domain.SensorThings.QueryUrl.Read(path, query, QueryLimits.Default).Value!;
        var outcome = await _store.Entities.FindAsync(new EntityQuery(parsed.Path, parsed.Options, 5, sight ?? EntitySight.Entities, QueryLimits.Default), Cancel);
        Assert.True(outcome.Problem is null, outcome.Problem?.Text);
        return outcome.Value!;
    }

    private async Task<ImmutableArray<EntityConsequence>> Project(ImmutableArray<RegisteredEntity> entities)
    {
        var outcome = await _store.Entities.ProjectAsync("muenster", entities, 6, Cancel);
        Assert.True(outcome.Refusal is null, outcome.Refusal?.Text);
        return outcome.Consequences;
    }

    private static RegisteredEntity Registered(EntityKind kind, string key, string name, ImmutableArray<RegisteredLink> links) =>
        new(kind, new EntityOwner("muenster", "altstadt", key), [new(EntityTypes.Of(kind).Property("name")!, EntityValue.Of(name))], links, []);

    private static EntityChange.Insert Insert(EntityKind kind, long id, ImmutableArray<EntityLink> links, params ImmutableArray<int> numbers) => new(
        kind, id, new EntityOwner("muenster", null, null),
        [new(EntityTypes.Of(kind).Property("name")!, EntityValue.Of(kind == EntityKind.Thing ? "thing" : "x"))], links, numbers);

    private async Task Fill()
    {
        EntityLink Link(EntityKind kind, string name, long target) => new(EntityTypes.Of(kind).Navigation(name)!, target);
        var location = Insert(EntityKind.Location, 1, []);
        location = location with { Values = location.Values.Add(new(EntityTypes.Of(EntityKind.Location).Property("location")!, EntityValue.Geometry("""{"type":"Point","coordinates":[1,1]}"""))) };
        var outcome = await _store.Entities.ChangeAsync(
            [
                location,
                Insert(EntityKind.Sensor, 1, []),
                Insert(EntityKind.ObservedProperty, 1, []),
                Insert(EntityKind.ObservedProperty, 2, []),
                Insert(EntityKind.Thing, 1, [Link(EntityKind.Thing, "Locations", 1)]),
                Insert(EntityKind.Datastream, 1, [Link(EntityKind.Datastream, "Thing", 1), Link(EntityKind.Datastream, "Sensor", 1), Link(EntityKind.Datastream, "ObservedProperty", 1)], 11),
                Insert(
                    EntityKind.MultiDatastream,
                    1,
                    [Link(EntityKind.MultiDatastream, "Thing", 1), Link(EntityKind.MultiDatastream, "Sensor", 1),
                     Link(EntityKind.MultiDatastream, "ObservedProperties", 2), Link(EntityKind.MultiDatastream, "ObservedProperties", 1)],
                    12,
                    13),
            ],
            5,
            Cancel);
        Assert.True(outcome.Refusal is null, outcome.Refusal?.Text);
    }
}
