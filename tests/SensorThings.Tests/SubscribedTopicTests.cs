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
    [InlineData("v1.1/FeaturesOfInterest(1)/Observations", false)]
    public void Topic_is_one_of_the_four_kinds(string filter, bool expected) => Assert.Equal(expected, SubscribedTopics.IsTopic(filter));
}
