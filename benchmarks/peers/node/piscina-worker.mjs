import { run } from './tasks.mjs'

export default async (task) => {
  await run(task)
}
