using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings.Writing;

namespace Domain.Tests.SensorThings;

public sealed class ChangeTextTests
{
    [Fact]
    public void Changes_come_back_as_they_were()
    {
        var (thing, place) = (EntityTypes.Of(EntityKind.Thing), EntityTypes.Of(EntityKind.HistoricalLocation));
        ImmutableArray<EntityChange> changes =
        [
            new EntityChange.Insert(
                EntityKind.Thing,
                5,
                new("town", "mitte", "asset/oven-2"),
                [
                    new(thing.Property("name")!, EntityValue.Of("Öfen \"1\" 😀")),
                    new(thing.Property("properties")!, EntityValue.Json("""{"a":[1,null]}""")),
                    new(thing.Property("description")!, EntityValue.Null),
                ],
                [new(thing.Navigation("Locations")!, 7), new(thing.Navigation("Locations")!, 8)],
                [3, 4]),
            new EntityChange.Insert(EntityKind.Sensor, 1, new("town", null, null), [], [], []),
            new EntityChange.Update(EntityKind.HistoricalLocation, 2, 9, [new(place.Property("time")!, EntityValue.Instant(1234))], []),
            new EntityChange.Update(EntityKind.Thing, 2, null, [], []),
            new EntityChange.Delete(EntityKind.Thing, 2, 1),
            new EntityChange.Delete(EntityKind.Location, 3, null),
            new EntityChange.Delete(EntityKind.FeatureOfInterest, 4, 2) { IsWithdrawn = true },
            new EntityChange.Connect(EntityKind.Thing, 1, new(thing.Navigation("Locations")!, 4)),
            new EntityChange.Disconnect(EntityKind.Thing, 1, new(thing.Navigation("Locations")!, 4)),
            new EntityChange.Observe(EntityKind.Datastream, 1, -5, 6),
        ];
        var text = ChangeText.Write(changes);
        var read = ChangeText.Read(text);
        Assert.Equal(text, ChangeText.Write(read));
        Assert.Equal(changes.Length, read.Length);
        var insert = Assert.IsType<EntityChange.Insert>(read[0]);
        Assert.Equal(((EntityChange.Insert)changes[0]).Values, insert.Values);
        Assert.Equal(((EntityChange.Insert)changes[0]).Links, insert.Links);
        Assert.Equal([3, 4], insert.Numbers);
        Assert.Equal(changes.Skip(4).ToArray(), read.Skip(4).ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[{}]")]
    [InlineData("""[{"kind":1,"id":1,"do":"leap"}]""")]
    public void What_is_no_change_is_refused(string text) => Assert.Throws<FormatException>(() => ChangeText.Read(text));
}
