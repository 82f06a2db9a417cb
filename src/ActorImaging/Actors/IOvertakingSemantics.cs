namespace ActorImaging.Actors;

/// <summary>The message queue that a processor asks for; the configuration names the mailbox that has it.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1040:Avoid empty interfaces", Justification = "Akka binds mailboxes by marker interface")]
internal interface IOvertakingSemantics : Akka.Dispatch.ISemantics;
