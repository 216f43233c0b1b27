using Quartier.Api.SensorThings.Subscriptions;

namespace SensorThings.Tests;

/// <summary>What may be subscribed to (OGC 18-088, 14.2): four kinds of topic, and nothing by which values could be asked for one by one.</summary>
public sealed class SubscribedTopicTests
{
    [Theory]
    [InlineData("v1.1/Observations", true)]
    [InlineData("v1.1/Datastreams(1)/Observations", true)]
    [InlineData("v1.1/Datastreams('1')/Observations", true)]
    [InlineData("v1.1/Things(1)/Datastreams(2)/Observations?$select=result,phenomenonTime", true)]
    [InlineData("v1.1/Things(1)", true)]
    [InlineData("v1.1/Datastreams(1)/Thing", true)]
    [InlineData("v1.1/Datastreams(1)/name", true)]
    [InlineData("v1.1/Things(1)/properties/type", true)]
    [InlineData("v1.1/Things?$select=name,properties/type", true)]
    [InlineData("v1.1/#", false)]
    [InlineData("v1.1/+/Observations", false)]
    [InlineData("v1.1", false)]
    [InlineData("v1.1/Nothings", false)]
    [InlineData("v1.0/Things", false)]
    [InlineData("v1.1/Things/$count", false)]
    [InlineData("v1.1/Things/$ref", false)]
    [InlineData("v1.1/Things(1)/name/$value", false)]
    [InlineData("v1.1/Things(1)?$select=name", false)]
    [InlineData("v1.1/Observations?$filter=result gt 5", false)] // would let a caller test values one by one
    [InlineData("v1.1/Things?$expand=Datastreams", false)]
    [InlineData("v1.1/Observations?$top=1", false)]
    [InlineData("v1.1/Datastreams(1)/phenomenonTime", false)] // follows from readings
    [InlineData("v1.1/Observations(1)/Datastream", false)] // would tell that the Observation exists
    [InlineData("v1.1/FeaturesOfInterest(1)/Observations", true)]
    [InlineData("v1.1/FeaturesOfInterest(1)/Observations?$select=result", true)]
    [InlineData("v1.1/FeaturesOfInterest(1)/Observations(2)/Datastream", false)]
    [InlineData("v1.1/FeaturesOfInterest/Observations", false)]
    public void Topic_is_one_of_the_four_kinds(string filter, bool expected) => Assert.Equal(expected, SubscribedTopics.IsTopic(filter));

    [Fact]
    public void One_owner_never_holds_more_than_its_share_and_all_together_not_more_than_the_whole()
    {
        var topics = new SubscribedTopics();
        var taken = 0;
        for (var owner = 0; owner < 10; owner++)
        {
            var mine = Enumerable.Range(0, SubscribedTopics.MostOfOne + 50).Count(n => topics.TryJoin($"v1.1/Things({(owner * 1_000) + n})", $"{owner}"));
            Assert.Equal(Math.Min(SubscribedTopics.MostOfOne, SubscribedTopics.Most - taken), mine);
            taken += mine;
        }

        Assert.Equal(SubscribedTopics.Most, topics.OfEntities.Count);
        Assert.True(topics.TryJoin("v1.1/Things(1)", "late")); // looked at already
        topics.Leave("v1.1/Things(2)", "late"); // never joined: nothing happens
        topics.Leave("v1.1/Things(1)", "0");
        Assert.Equal(SubscribedTopics.Most, topics.OfEntities.Count);
        topics.Leave("v1.1/Things(1)", "late");
        Assert.Equal(SubscribedTopics.Most - 1, topics.OfEntities.Count);
        Assert.True(topics.TryJoin("v1.1/Sensors", "0"));
        Assert.False(topics.TryJoin("v1.1/Locations", "0"));
    }
}
