//! Uses of AWS and of coroutines that are refused, with the reason.

use super::refusals::are_refused;

#[test]
fn uses_of_aws_that_would_come_out_wrong_are_refused() {
    are_refused(&[
        (
            "import boto3\n\ndef client(service):\n    return boto3.client(service)\n\ndef handler(event, context):\n    client('s3')\n    return client('sqs').list_queues()\n",
            "the service of this client is not known",
        ),
        (
            "import boto3\n\ndef handler(event, context):\n    return boto3.client(event['service']).list_queues()\n",
            "the service of this client is not known",
        ),
        (
            "import boto3\n\nsession = boto3.Session(profile_name='mine')\n\ndef handler(event, context):\n    return session.client('sqs').list_queues()\n",
            "`profile_name`",
        ),
        (
            "import boto3\nfrom botocore.config import Config\n\nsqs = boto3.client('sqs', config=Config(user_agent_extra='me'))\n\ndef handler(event, context):\n    return sqs.list_queues()\n",
            "`user_agent_extra`",
        ),
        (
            "import boto3\n\ndef handler(event, context):\n    return boto3.client('sqs', verify=False).list_queues()\n",
            "`verify`",
        ),
        (
            "import boto3\n\ntable = boto3.resource('dynamodb').Table('t')\n\ndef handler(event, context):\n    batch = table.batch_writer()\n    batch.put_item(Item=event)\n",
            "`Table.batch_writer`",
        ),
        (
            "async def work():\n    return 1\n\ndef handler(event, context):\n    work()\n    return 2\n",
            "a coroutine that is not awaited where it is made",
        ),
        (
            "async def work():\n    return 1\n\nasync def both():\n    first = work()\n    return await first\n\ndef handler(event, context):\n    import asyncio\n    return asyncio.run(both())\n",
            "`await` of what is not called there",
        ),
        (
            "import asyncio\n\ndef work():\n    return 1\n\nasync def both():\n    return await work()\n\ndef handler(event, context):\n    return asyncio.run(both())\n",
            "`await` of what is no coroutine",
        ),
        (
            "import asyncio\n\nasync def all():\n    return await asyncio.gather(*[it for it in [1, 2]])\n\ndef handler(event, context):\n    return asyncio.run(all())\n",
            "`gather` of what is no coroutine",
        ),
        (
            "async def handler(event, context):\n    return 1\n",
            "the handler is a coroutine",
        ),
        (
            "import asyncio\n\nasync def work():\n    async for it in [1, 2]:\n        print(it)\n\ndef handler(event, context):\n    return asyncio.run(work())\n",
            "`async for` over what is no stream",
        ),
    ]);
}
