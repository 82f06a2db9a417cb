using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace ActorImaging.Actors;

/// <summary>
/// The mailbox of a processor: <see cref="DropBatch"/> overtakes the tasks that wait, so that a cancelled batch stops at the next task and
/// not behind all of them. Bound to <see cref="IOvertakingSemantics"/> by <c>akka.actor.mailbox.requirements</c>.
/// </summary>
internal sealed class ProcessorMailbox : MailboxType, IProducesMessageQueue<ProcessorMessages>
{
    /// <summary>Made by Akka, by name.</summary>
    /// <param name="settings">The settings of the system.</param>
    /// <param name="config">The mailbox's section of the configuration; nothing in it is read.</param>
    public ProcessorMailbox(Settings settings, Config config)
        : base(settings, config)
    {
    }

    /// <inheritdoc />
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new ProcessorMessages();
}
