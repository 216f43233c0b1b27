using Quartier.Api.Native.Cities;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registers;
using Quartier.Domain.Registers;

namespace Quartier.Api.Native.Registers;

/// <summary>Writes registers and records from what is registered and in force now.</summary>
internal sealed class RecordDesk(IPolicies policies, IGrainFactory grains, TimeProvider time)
{
    public RegisterBasis Basis(CityIndex city) => new(city.Snapshot, policies.Find(city.Id), time.GetUtcNow().ToUnixTimeMilliseconds());

    public IRecordsGrain Records(CityIndex city) => grains.GetGrain<IRecordsGrain>(city.Id);

    public async Task<WrittenRecord> WriteAsync(CityIndex city, RecordKind kind, CancellationToken cancellationToken)
    {
        var approved = await Records(city).Find(kind).WaitAsync(cancellationToken).ConfigureAwait(false);
        var basis = Basis(city);
        if (kind == RecordKind.Processing)
        {
            var record = RecordWriter.Processing(basis);
            return Written(RecordText.Write(record), s => RecordPage.Write(record, s));
        }

        var assessment = RecordWriter.Impact(basis);
        return Written(RecordText.Write(assessment), s => RecordPage.Write(assessment, s));

        WrittenRecord Written(string json, Func<RecordStanding, string> page) =>
            new(kind, basis.NowMs, json, RecordText.Digest(json), approved, page);
    }
}
