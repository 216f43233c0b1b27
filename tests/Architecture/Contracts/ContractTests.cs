using Architecture.Tree;

namespace Architecture.Contracts;

public sealed class ContractTests
{
    private const string SnapshotPath = "tests/Architecture/contracts.snapshot.txt";

    private static readonly Lazy<ContractModel> Model = new(() =>
        ContractModel.Of(Repository.Current.CSharp.Where(file => file.IsUnder("grains") || file.IsUnder("engine/Quartier.Engine"))));

    [Fact]
    public void Grain_interfaces_have_aliases_and_carry_messages() => Gate.Holds(ContractRules.GrainInterfaces(Model.Value));

    [Fact]
    public void Messages_are_immutable_and_marked() => Gate.Holds(ContractRules.Messages(Model.Value));

    [Fact]
    public void Serialised_members_have_ids() => Gate.Holds(ContractRules.Serialized(Model.Value));

    [Fact]
    public void Aliases_are_unique() => Gate.Holds(ContractRules.Aliases(Model.Value));

    [Fact]
    public void The_contract_is_the_one_in_the_snapshot()
    {
        var path = Repository.Current.Absolute(SnapshotPath);
        var now = ContractSnapshot.Write(Model.Value);
        if (Environment.GetEnvironmentVariable("QUARTIER_UPDATE_SNAPSHOT") is "1")
        {
            File.WriteAllText(path, now);
        }

        var difference = ContractSnapshot.Difference(File.Exists(path) ? File.ReadAllText(path) : string.Empty, now);
        Assert.True(
            difference.Count == 0,
            $"The contract between grains changed:\n{string.Join('\n', difference)}\n"
            + $"If that is meant, run QUARTIER_UPDATE_SNAPSHOT=1 ./quartier check and commit {SnapshotPath} with the reason.");
    }

    [Fact]
    public void The_model_finds_the_city_s_grains_and_messages()
    {
        Assert.Contains(Model.Value.GrainInterfaces, type => type.Name is "ISensorGrain");
        Assert.Contains(Model.Value.Messages, type => type.Name is "SampleBatch");
        Assert.Contains(Model.Value.Messages, type => type.Name is "Quality");
        Assert.DoesNotContain(Model.Value.Messages, type => type.Name is "StoreManifest" or "RegistryDocument" or "RegistrySnapshot");
    }
}
