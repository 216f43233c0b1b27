namespace Quartier.Domain.Payloads;

/// <summary>What one message brought. The samples and the refusals themselves are in the <see cref="SampleBuffer"/>.</summary>
/// <param name="Samples">Samples added to the buffer.</param>
/// <param name="Refused">Refusals added to the buffer; a message that cannot be read at all counts as one.</param>
/// <param name="Format">What it was taken for.</param>
public readonly record struct DecodeResult(int Samples, int Refused, PayloadFormat Format);
