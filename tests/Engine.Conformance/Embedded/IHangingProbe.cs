using Orleans;

namespace Quartier.Engine.Conformance.Embedded;

/// <summary>Hangs until the test opens a gate, without a clock or a thread of its own: a driver sees every step.</summary>
public interface IHangingProbe : IGrainWithStringKey
{
    Task Hang(string gate);

    [ResponseTimeout("00:10:00")]
    Task HangPatiently(string gate);

    [ResponseTimeout("00:00:00.25")]
    Task<int> HangBriefly(string gate);
}
