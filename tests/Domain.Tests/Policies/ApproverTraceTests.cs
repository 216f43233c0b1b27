using Quartier.Contracts.Policies;
using Quartier.Contracts.Principals;
using Quartier.Domain.Policies;

namespace Domain.Tests.Policies;

/// <summary>Who could act as whom, followed over every account that was made on the way.</summary>
public sealed class ApproverTraceTests
{
    [Theory]
    [InlineData("person:anna", "", true)]
    [InlineData("person:anna", "anna>bert", false)] // a new key, a link, a changed account: all the same
    [InlineData("person:Anna", "anna>bert", false)]
    [InlineData("person:anna", "carl>bert", true)]
    [InlineData("person:anna", "anna>carl carl>bert", false)]
    [InlineData("person:anna", "carl>bert anna>dora dora>carl", false)]
    [InlineData("person:anna", "bert>anna", true)]
    [InlineData("person:anna", "bert>bert anna>anna", true)]
    [InlineData("person:anna", "carl>dora dora>carl carl>bert", true)]
    [InlineData("person:anna", "administrator>bert", false)] // the local key
    [InlineData("person:anna", "administrator>carl carl>bert", false)]
    [InlineData("person:administrator", "administrator>bert", false)]
    [InlineData("person:administrator", "anna>bert", true)]
    [InlineData("system:key-of-anna", "anna>bert", true)]
    public void Approver_is_independent_unless_the_proposer_could_act_as_them(string proposer, string changes, bool expected)
    {
        var all = changes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(c => c.Split('>')).Select(c => new AccountChange(c[1], $"person:{c[0]}", 1)).ToList();
        var wanted = expected ? ApproverIndependence.Independent : ApproverIndependence.Doubtful;
        Assert.Equal(wanted, ApproverTrace.Judge("person:bert", proposer, all));
        all.Reverse();
        Assert.Equal(wanted, ApproverTrace.Judge("person:bert", proposer, all));
    }

    [Fact]
    public void Administrator_who_changes_their_own_account_stays_independent()
    {
        AccountChange[] own = [new("administrator", "person:administrator", 1)];
        Assert.Equal(ApproverIndependence.Independent, ApproverTrace.Judge("person:administrator", "person:anna", own));
    }

    /// <summary>A second, simple way: whoever reaches the approver along the changes.</summary>
    [Fact]
    public void Every_chain_of_changes_is_followed() => Seeds.ForAll(
        random =>
        {
            string[] people = ["anna", "bert", "carl", "dora", "emil", "administrator"];
            var changes = Enumerable.Range(0, random.Next(8)).Select(_ => new AccountChange(people[random.Next(6)], "person:" + people[random.Next(6)], 1)).ToList();
            var doubtful = Reaches("anna", "bert", changes, 6) || Reaches("administrator", "bert", changes, 6);
            Assert.Equal(doubtful ? ApproverIndependence.Doubtful : ApproverIndependence.Independent, ApproverTrace.Judge("person:bert", "person:anna", changes));
        },
        1_000);

    private static bool Reaches(string from, string to, List<AccountChange> changes, int depth) => depth > 0 && changes.Any(c =>
        c.By == "person:" + from && c.Person != from && (c.Person == to || Reaches(c.Person, to, changes, depth - 1)));
}
