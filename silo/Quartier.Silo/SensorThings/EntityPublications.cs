using System.Text;
using Quartier.Api.SensorThings.Subscriptions;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Readings;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;
using Quartier.Silo.Ingest;

namespace Quartier.Silo.SensorThings;

/// <summary>The entities that one read of a client's socket wants created.</summary>
internal sealed class EntityPublications(EntityDoor door, RefusalCollector refusals)
{
    private readonly List<int> _places = [];
    private readonly List<PublishedEntity> _published = [];

    /// <summary>What the topics begin with.</summary>
    private static ReadOnlySpan<byte> Prefix => "v1.1/"u8;

    /// <summary>Whether a topic is one in which entities are published.</summary>
    public static bool IsTopic(ReadOnlySpan<byte> topic) => topic.StartsWith(Prefix);

    /// <summary>Notes a message: its bytes are copied, for they are valid during the read only.</summary>
    public void Add(int place, in IncomingPublish publish)
    {
        _places.Add(place);
        _published.Add(new(Encoding.UTF8.GetString(publish.Topic.Span[Prefix.Length..]), publish.Payload.ToArray()));
    }

    /// <summary>Creates them on the principal's behalf. What is refused is counted, under the client's name, for the city in which the principal counts.</summary>
    public async Task CreateAsync(Principal principal, string clientId, Memory<ReasonCode> reasons, Task others)
    {
        try
        {
            var answers = await door.CreateAsync(principal, _published, CancellationToken.None).ConfigureAwait(false);
            for (var i = 0; i < answers.Length; i++)
            {
                var (status, detail) = answers[i];
                reasons.Span[_places[i]] = Reason(status);
                if (Refusal(status) is { } refusal)
                {
                    refusals.Add(principal.City ?? string.Empty, clientId, string.Empty, refusal, 1, $"v1.1/{_published[i].Path}: {detail}");
                }
            }
        }
        finally
        {
            // They were handed over before; nobody else waits for them.
            await others.ConfigureAwait(false);
        }
    }

    private static ReasonCode Reason(int status) => status switch
    {
        StatusCodes.Status201Created => ReasonCode.Success,
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => ReasonCode.NotAuthorized,
        StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed => ReasonCode.TopicNameInvalid,
        StatusCodes.Status413PayloadTooLarge or StatusCodes.Status503ServiceUnavailable => ReasonCode.QuotaExceeded,
        StatusCodes.Status400BadRequest => ReasonCode.PayloadFormatInvalid,
        _ => ReasonCode.ImplementationSpecificError,
    };

    private static RefusalReason? Refusal(int status) => status switch
    {
        StatusCodes.Status201Created => null,
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => RefusalReason.ForeignTopic,
        StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed => RefusalReason.BadTopic,
        StatusCodes.Status413PayloadTooLarge or StatusCodes.Status503ServiceUnavailable => RefusalReason.TooMany,
        _ => RefusalReason.BadPayload,
    };
}
