using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;

namespace Quartier.Broker;

/// <summary>Permits everybody everything, and keeps nothing.</summary>
internal sealed class OpenIngest : IMqttIngest
{
    /// <summary>The one topic filter that test suites expect to be refused.</summary>
    private const string Forbidden = "test/nosubscribe";

    private static readonly OpenSession s_session = new();

    public ValueTask<ConnectDecision> ConnectAsync(ConnectRequest request, CancellationToken cancellationToken) => new(ConnectDecision.Accept(s_session));

    public ValueTask<ConnectDecision> ReturnAsync(LostClient client, CancellationToken cancellationToken) => new(ConnectDecision.Accept(s_session));

    public IDisposable? Expect(string owner, string filter) => null;

    private sealed class OpenSession : IIngestSession
    {
        public string Owner => string.Empty;

        public bool MayWatchServer => true;

        public string? ResponseInformation => "response/";

        public ValueTask Accept(ReadOnlySpan<IncomingPublish> publishes, Memory<ReasonCode> reasons) => ValueTask.CompletedTask;

        public ReasonCode MaySubscribe(string filter, QualityOfService wanted) =>
            string.Equals(filter, Forbidden, StringComparison.Ordinal) ? ReasonCode.UnspecifiedError : (ReasonCode)wanted;

        public ValueTask<bool> MayReceive(OutgoingMessage message, string? purpose) => ValueTask.FromResult(true);

        public void Closed()
        {
            // Nothing is remembered of a client.
        }
    }
}
