using System.Buffers;
using System.Text.Json;
using Quartier.Api.SensorThings.Answers;
using Quartier.Api.SensorThings.Formats;
using Quartier.Api.SensorThings.Reading;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Subscriptions;

/// <summary>Writes what a topic's subscribers get, as a GET of its path would write one entity or property.</summary>
internal static class NoticeText
{
    public static ReadOnlyMemory<byte> Of(SubscribedTopic topic, Shown shown, EntityLinks links)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, EntityJson.Options);
        if (topic.Path.End == PathEnd.Property)
        {
            AnswerText.WriteProperty(json, topic.Path, shown);
        }
        else
        {
            new EntityJson(links, new ExpandedPages()).Write(json, shown, topic.Options);
        }

        json.Flush();
        return buffer.WrittenMemory;
    }
}
