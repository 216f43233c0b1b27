using System.Collections.Immutable;
using Quartier.Contracts.Cities;
using Quartier.Contracts.Registry;

namespace Api.Tests.Fakes;

internal sealed class FakeCityGrain : ICityGrain
{
    public ImmutableArray<Refusal> Refusals { get; set; } = [];

    public ApplyResult Result { get; set; } = new(1, true, [], []);

    public List<(string Yaml, bool DryRun)> Applied { get; } = [];

    public Task<ApplyResult> Apply(string yaml, bool dryRun)
    {
        Applied.Add((yaml, dryRun));
        return Task.FromResult(Result);
    }

    public Task<AmendResult> Amend(RegistryAmendment amendment) => throw new NotSupportedException();

    public Task ReportRefusals(RefusalReport report) => throw new NotSupportedException();

    public Task<CityRefusals> GetRefusals() => Task.FromResult(new CityRefusals(Refusals));
}
