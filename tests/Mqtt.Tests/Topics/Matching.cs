using System.Text;
using Quartier.Mqtt.Packets;
using Quartier.Mqtt.Topics;

namespace Mqtt.Tests.Topics;

public sealed class Matching
{
    private static readonly Subscription Any = new(QualityOfService.AtMostOnce, NoLocal: false, RetainAsPublished: false, [], Purpose: null);

    [Theory]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/ranking", true)]
    [InlineData("sport/#", "sport", true)]
    [InlineData("#", "sport", true)]
    [InlineData("#", "/", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1/ranking", false)]
    [InlineData("sport/+", "sport", false)]
    [InlineData("sport/+", "sport/", true)]
    [InlineData("+/+", "/finance", true)]
    [InlineData("/+", "/finance", true)]
    [InlineData("+", "/finance", false)]
    [InlineData("#", "$SYS/a", false)]
    [InlineData("+/a", "$SYS/a", false)]
    [InlineData("$SYS/#", "$SYS/a", true)]
    [InlineData("$SYS/+", "$SYS/a", true)]
    [InlineData("a", "A", false)]
    [InlineData("a/+/c/#", "a/b/c", true)]
    [InlineData("a/+/c/#", "a/b/d", false)]
    [InlineData("größe/+", "größe/ß", true)]
    public void The_examples_of_the_standard_hold(string filter, string topic, bool expected)
    {
        using var tree = new SubscriptionTree<string>();
        tree.Set(filter, "s", Any);
        var matches = new List<SubscriptionMatch<string>>();
        tree.Match(Encoding.UTF8.GetBytes(topic), matches);
        Assert.Equal(expected, matches.Count == 1);
        Assert.Equal(expected, TopicFilter.Matches(filter, topic));
        Assert.Equal(expected, NaiveMatches(filter.Split('/'), topic.Split('/'), first: true));
    }

    [Fact]
    public void The_tree_agrees_with_a_naive_matcher_while_subscriptions_come_and_go()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            using var tree = new SubscriptionTree<int>();
            var model = new HashSet<(string Filter, int Subscriber)>();
            for (var step = 0; step < 200; step++)
            {
                var filter = RandomFilter(random);
                var subscriber = random.Next(5);
                switch (random.Next(3))
                {
                    case 0:
                        Assert.Equal(model.Add((filter, subscriber)), tree.Set(filter, subscriber, Any));
                        break;
                    case 1:
                        Assert.Equal(model.Remove((filter, subscriber)), tree.Remove(filter, subscriber));
                        break;
                    default:
                        CheckMatch(seed, tree, model, RandomTopic(random));
                        break;
                }

                Assert.Equal(model.Count, tree.Count);
            }
        }
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("#", true)]
    [InlineData("+", true)]
    [InlineData("a/#", true)]
    [InlineData("a#", false)]
    [InlineData("a/#/b", false)]
    [InlineData("a+", false)]
    [InlineData("+a", false)]
    [InlineData("a/+/b", true)]
    [InlineData("//", true)]
    [InlineData("##", false)]
    [InlineData("++", false)]
    [InlineData("#/", false)]
    public void Filters_are_checked(string filter, bool valid)
    {
        var limits = new TopicLimits(100, 10);
        var failed = Record.Exception(() => { limits.CheckFilter(Encoding.UTF8.GetBytes(filter)); });
        Assert.Equal(valid, failed is null);
        Assert.True(failed is null or MqttProtocolException);
    }

    [Fact]
    public void Limits_hold_for_names_and_filters()
    {
        var limits = new TopicLimits(9, 3);
        limits.CheckName("a/b/c"u8);
        Assert.Equal(ReasonCode.Success, limits.CheckFilter("a/b/#"u8));
        Assert.Equal(ReasonCode.TopicNameInvalid, Assert.Throws<MqttProtocolException>(() => limits.CheckName("a/b/c/d"u8)).Reason);
        Assert.Equal(ReasonCode.TopicNameInvalid, Assert.Throws<MqttProtocolException>(() => limits.CheckName("0123456789"u8)).Reason);
        Assert.Equal(ReasonCode.TopicFilterInvalid, limits.CheckFilter("a/b/c/#"u8));
        Assert.Equal(ReasonCode.TopicFilterInvalid, limits.CheckFilter("0123456789"u8));
    }

    private static void CheckMatch(int seed, SubscriptionTree<int> tree, HashSet<(string Filter, int Subscriber)> model, string topic)
    {
        var matches = new List<SubscriptionMatch<int>>();
        tree.Match(Encoding.UTF8.GetBytes(topic), matches);
        var expected = model.Where(entry => NaiveMatches(entry.Filter.Split('/'), topic.Split('/'), first: true)).ToList();
        Assert.True(
            expected.Select(entry => entry.Subscriber).Order().SequenceEqual(matches.Select(match => match.Subscriber).Order()),
            $"Seed {seed}: {topic} against {string.Join(' ', model)}");
        Assert.All(expected, entry => Assert.True(TopicFilter.Matches(entry.Filter, topic)));
        Assert.Equal(expected.Count, model.Count(entry => TopicFilter.Matches(entry.Filter, topic)));
    }

    /// <summary>Section 4.7 as it reads, level by level.</summary>
    private static bool NaiveMatches(string[] filter, string[] topic, bool first)
    {
        if (filter.Length == 0)
        {
            return topic.Length == 0;
        }

        var hidden = first && topic[0].StartsWith('$');
        if (hidden && (filter[0] == "+" || filter[0] == "#"))
        {
            return false;
        }

        if (filter[0] == "#")
        {
            return true;
        }

        return topic.Length > 0 && (filter[0] == "+" || filter[0] == topic[0]) && NaiveMatches(filter[1..], topic[1..], first: false);
    }

    private static string RandomTopic(Random random) =>
        string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => ((string[])["a", "b", string.Empty, "$x", "ü"])[random.Next(5)])) is { Length: > 0 } topic
            ? topic
            : "a";

    private static string RandomFilter(Random random)
    {
        var levels = RandomTopic(random).Split('/').Select(level => random.Next(3) == 0 ? "+" : level).ToList();
        if (random.Next(3) == 0)
        {
            levels.Add("#");
        }

        return string.Join('/', levels);
    }
}
