using Quartier.Contracts.SensorThings;
using Quartier.Storage.SensorThings;

namespace Quartier.Storage.Tests.SensorThings;

public sealed class EntityNewsTests
{
    /// <summary>Hidden places are told of through whoever keeps them, who must have heard first.</summary>
    [Fact]
    public void Those_who_watch_are_told_in_the_order_in_which_they_began_to()
    {
        var (news, told) = (new EntityNews(), new List<int>());
        var watches = Enumerable.Range(0, 20).Select(i => news.Watch(_ => told.Add(i))).ToArray();
        watches[3].Dispose();
        using var late = news.Watch(_ => told.Add(20));
        news.Tell([new EntityConsequence(ConsequenceKind.Deleted, EntityKind.Thing, 1, 0, new EntityOwner("town", null, null), [], [], 0, 0)]);
        Assert.Equal(Enumerable.Range(0, 21).Where(i => i != 3), told);
    }
}
